import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const HELD: ReadonlySet<string | undefined> = new Set(['EPERM', 'EBUSY', 'EACCES']);

/** Whether a rename may do a moment later: Windows keeps files and folders while a virus scanner reads in them. */
export const isHeld = ({ code }: NodeJS.ErrnoException): boolean => HELD.has(code);

const RENAME_TRIES = 10;
const RENAME_PAUSE_MS = 20;

/**
 * Writes a file so that a reader sees the old content or the new, never half of it, even when the power goes: the content
 * is on the disk before the file has its name. Makes the folder when there is none.
 *
 * @param mode permissions of the file, less the umask
 * @param flush false for what can be made again and is found out when it is damaged: waiting for the disk takes longest
 */
export function writeFileAtomic(
  file: string,
  content: string | Uint8Array,
  mode = 0o666,
  { flush = true } = {},
): void {
  mkdirSync(dirname(file), { recursive: true });
  // Short, so that it can be written wherever the file's own name can.
  const temporary = join(dirname(file), `.${randomBytes(6).toString('hex')}.tmp`);
  try {
    writeFileSync(temporary, content, { flush, mode });
    renamePatiently(temporary, file);
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // What went wrong first is what has to be told.
    }
    throw error;
  }
}

function renamePatiently(from: string, to: string): void {
  for (let attempt = 1; ; attempt++)
    try {
      renameSync(from, to);
      return;
    } catch (error) {
      if (process.platform !== 'win32' || !isHeld(error as Error) || attempt === RENAME_TRIES) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RENAME_PAUSE_MS);
    }
}
