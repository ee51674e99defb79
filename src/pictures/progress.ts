/** How far the encoding of new pictures is; it can take many minutes. */
export interface PictureProgress {
  done: number;
  /** Pictures that are encoded in this run. */
  total: number;
  /** Estimated; undefined before the first is done. */
  secondsLeft: number | undefined;
}

/** Called at the start, at most each second, and at the end; not at all when there is nothing to encode. */
export type OnPictureProgress = (progress: PictureProgress) => void;

const TELL_EVERY_MS = 1000;

/** Tells of pictures that are done, one after the other. */
export function startProgress(total: number, onProgress: OnPictureProgress): { oneDone: () => void } {
  const began = performance.now();
  let toldAt = began;
  let done = 0;
  const tell = () => {
    toldAt = performance.now();
    const secondsEach = (toldAt - began) / 1000 / done;
    const secondsLeft = done === 0 ? undefined : secondsEach * (total - done);
    onProgress({ done, total, secondsLeft });
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
