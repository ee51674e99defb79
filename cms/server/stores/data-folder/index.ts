import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { dataFiles } from './files.ts';
import { makeSecretsPrivate } from './keys.ts';
import { lockFolder } from './lock.ts';
import { readFormat } from './migrations.ts';

export { dataDir, dataFiles } from './files.ts';

export interface DataFolder {
  /** Whether the server before was killed or lost its power: pages that it had just written may be empty on the disk. */
  wasKilled: boolean;
  /** Everything that a power cut may have damaged has been made again: later starts need not. */
  mended: () => void;
  /** Gives the folder free after everything in it was closed in order, or after a start that failed. */
  release: () => void;
}

/**
 * Takes a data folder for this process.
 *
 * @throws a Chinese message when another server has it, or a newer version has written it
 */
export function openDataFolder(data: string): DataFolder {
  const unlock = lockFolder(data);
  const { running, format } = dataFiles(data);
  const wasKilled = existsSync(running);
  let mayBeDamaged = wasKilled;
  // The mark of a server that was killed stays until the site has been made again, however often it is started until then.
  const release = () => {
    if (!mayBeDamaged) rmSync(running, { force: true });
    unlock();
  };
  try {
    writeFileSync(running, '');
    readFormat({ data, format });
    makeSecretsPrivate(dataFiles(data));
  } catch (error) {
    release();
    throw error;
  }
  const mended = () => {
    mayBeDamaged = false;
  };
  return { wasKilled, mended, release };
}
