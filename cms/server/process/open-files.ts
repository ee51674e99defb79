import { readFileSync } from 'node:fs';

/** The limit of open files and connections (`ulimit -n`), and what is said when it is reached. */

/** The limit of this process, and of the whole machine. */
const TOO_MANY = new Set(['EMFILE', 'ENFILE']);

/** A server at its limit fails hundreds of times a second. */
const SAY_EVERY_MS = 60_000;

let times = 0;
let lastAt: Date | undefined;
let saidAt = Number.NEGATIVE_INFINITY;

/**
 * Notes an error that means that no more files or connections can be opened, and logs it once a minute.
 *
 * @returns whether the error is one
 */
export function noteTooManyFiles(error: unknown): boolean {
  if (!TOO_MANY.has((error as NodeJS.ErrnoException | undefined)?.code ?? '')) return false;
  times += 1;
  lastAt = new Date();
  const now = performance.now();
  if (now - saidAt < SAY_EVERY_MS) return true;
  saidAt = now;
  console.error(
    `打开的文件和连接到了上限${limit === undefined ? '' : `（${limit}）`}，有的请求没有答上，服务器照常运行。请把上限调大：systemd 的 LimitNOFILE，或启动前运行 ulimit -n 65536`,
  );
  return true;
}

/** How often the limit was reached since the start, and when last. */
export const tooManyFiles = (): { times: number; lastAt: Date | undefined } => ({ times, lastAt });

/** Read at the start: at the limit itself, `/proc` cannot be read either. Undefined where there is none. */
const limit = readLimit();

function readLimit(): number | undefined {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? [];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
