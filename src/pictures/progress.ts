import { channel } from 'node:diagnostics_channel';

/** How far the encoding of new pictures is; it can take many minutes. */
export interface PictureProgress {
  done: number;
  /** Pictures that are encoded in this run. */
  total: number;
  /** Estimated; undefined before the first is done. */
  secondsLeft: number | undefined;
}

/** Of the process, not of a module: a build loads the code once from the project and once from its workspace. */
const progress = channel('portal:pictures');

/** Calls back at the start, at most each second, and at the end; not at all when there is nothing to encode. */
export function onPictureProgress(callback: (progress: PictureProgress) => void): void {
  progress.subscribe((message) => callback(message as PictureProgress));
}

const TELL_EVERY_MS = 1000;

/** Tells of pictures that are done, one after the other. */
export function startProgress(total: number): { oneDone: () => void } {
  const began = performance.now();
  let toldAt = began;
  let done = 0;
  const tell = () => {
    toldAt = performance.now();
    const secondsEach = (toldAt - began) / 1000 / done;
    const secondsLeft = done === 0 ? undefined : secondsEach * (total - done);
    progress.publish({ done, total, secondsLeft } satisfies PictureProgress);
  };
  tell();
  return {
    oneDone() {
      done += 1;
      if (done === total || performance.now() - toldAt >= TELL_EVERY_MS) tell();
    },
  };
}

/**
 * Progress in Chinese for people who wait.
 *
 * @example sayProgress({ done: 12, total: 60, secondsLeft: 170 }) // '正在处理照片：12/60，大约还要 3 分钟'
 */
export function sayProgress({ done, total, secondsLeft }: PictureProgress): string {
  const step = `正在处理照片：${done}/${total}`;
  if (secondsLeft === undefined || done === total) return step;
  if (secondsLeft < 60) return `${step}，不到 1 分钟`;
  const minutes = Math.ceil(secondsLeft / 60);
  return `${step}，大约还要 ${minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`}`;
}
