import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A database that nothing refers to would be closed by the garbage collector, and its lock with it. */
const held = new Set<DatabaseSync>();

/**
 * Takes a data folder for this process alone, until it ends or is killed: the lock is the operating system's, held
 * by SQLite on `<folder>/lock`.
 *
 * @returns gives the folder free
 * @throws a Chinese message when another server has it
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'lock'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (error) {
    database.close();
    if (!/locked|busy/i.test((error as Error).message)) throw error;
    throw new Error(
      `已经有一个编辑服务在用「${folder}」，不能再开一个。请先停掉那一个，或用 DATA_DIR 换一个文件夹`,
      { cause: error },
    );
  }
  held.add(database);
  return () => {
    held.delete(database);
    database.close();
  };
}
