import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Drawing, PageAddress, PreviewRequest, DraftEntry } from './previewing.ts';

/** Pages of entries that are being edited, drawn by a process that starts with the first request and ends when idle. */
export interface Previews {
  draw: (sketch: DraftEntry) => Promise<Drawn>;
  /** A page as it is published, for who comes before the first site is made. */
  page: (address: string) => Promise<Drawn>;
  /** Starts the process before the first request. */
  warm: () => void;
  /** What is published has changed: later pages are drawn with that. */
  renew: () => void;
  close: () => void;
}

/** A page, or why there is none. */
export interface Drawn {
  /** The whole page; absent when such an entry has none. */
  html?: string | undefined;
  /** Whether it is worth asking again in a moment: the site is just being renewed. */
  isLater: boolean;
}

/** Nothing can be drawn just now. */
export const LATER: Drawn = { isLater: true };

const ANSWER_WITHIN_MS = 15_000;
const IDLE_MS = 10 * 60_000;

/** So many pages may wait to be drawn; who comes then is told to come again. Editors wait before a crowd of visitors. */
const MOST_WAITING = { visitors: 20, editors: 60 };

/**
 * @param workspace holds the templates
 * @param canDraw whether the templates there are those of the code
 */
export function openPreviews(workspace: string, env: NodeJS.ProcessEnv, canDraw: () => boolean): Previews {
  let child: ChildProcess | undefined;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let count = 0;
  const waiting = new Map<number, (drawn: Drawn) => void>();

  const end = () => {
    clearTimeout(idle);
    child?.kill();
    child = undefined;
    for (const answer of waiting.values()) answer(LATER);
    waiting.clear();
  };

  const start = (): ChildProcess => {
    const script = fileURLToPath(new URL('previewing.ts', import.meta.url));
    const started = fork(script, { cwd: workspace, env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    started.on('message', ({ id, html }: Drawing) => {
      waiting.get(id)?.({ html, isLater: false });
      waiting.delete(id);
    });
    const lost = () => {
      if (child === started) end();
    };
    started.once('error', lost).once('close', lost);
    return started;
  };

  const warm = () => {
    if (!canDraw()) return;
    child ??= start();
    clearTimeout(idle);
    idle = setTimeout(end, IDLE_MS).unref();
  };

  const ask = (what: DraftEntry | PageAddress, mostWaiting: number): Promise<Drawn> => {
    if (waiting.size >= mostWaiting) return Promise.resolve(LATER);
    warm();
    if (!child) return Promise.resolve(LATER);
    const id = count++;
    return new Promise((resolve) => {
      // A page that takes so long would hold up everybody else's.
      const late = setTimeout(end, ANSWER_WITHIN_MS);
      waiting.set(id, (drawn) => {
        clearTimeout(late);
        resolve(drawn);
      });
      child?.send({ id, ...what } satisfies PreviewRequest);
    });
  };

  return {
    warm,
    draw: (entry) => ask(entry, MOST_WAITING.editors),
    page: (address) => ask({ address }, MOST_WAITING.visitors),
    renew: end,
    close: end,
  };
}
