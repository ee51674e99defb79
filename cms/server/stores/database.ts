import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

// node:sqlite waits on the main thread, so waiting for a lock delays every request.
const BUSY_TIMEOUT_MS = 500;

/**
 * Opens a SQLite file, made when there is none, that only this user of the machine may read. Each module makes its own tables.
 *
 * @throws a Chinese message when the file is damaged or another program holds it
 */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const isNew = !existsSync(file);
  const database = new DatabaseSync(file);
  if (isNew && process.platform !== 'win32') chmodSync(file, 0o600);
  try {
    database.exec(
      `PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;`,
    );
    // Reads the schema: a file that is damaged at its beginning shows here.
    database.prepare('SELECT count(*) FROM sqlite_master').get();
  } catch (error) {
    database.close();
    throw explained(error as Error & { errcode?: number }, file);
  }
  return database;
}

/** https://www.sqlite.org/rescode.html */
const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

function explained(error: Error & { errcode?: number }, file: string): Error {
  const code = (error.errcode ?? 0) & 0xff;
  if (code === BUSY)
    return new Error(
      `数据库「${file}」正被别的程序占着，所以没有启动。请关掉那个程序（例如打开着它的数据库工具），再启动`,
      {
        cause: error,
      },
    );
  if (code === CORRUPT || code === NOT_A_DATABASE)
    return new Error(
      `数据库「${file}」坏了（${error.message}），所以没有启动，什么都没有改。请把它改名留着，从备份里恢复这个文件，再启动（见 docs/operate.md 的「恢复」）`,
      { cause: error },
    );
  return error;
}
