import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

// node:sqlite waits on the main thread, so waiting for a lock delays every request.
const BUSY_TIMEOUT_MS = 500;

/** Opens a SQLite file, made when there is none, that only this user of the machine may read. Each module makes its own tables. */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  const isNew = !existsSync(file);
  const database = new DatabaseSync(file);
  if (isNew && process.platform !== 'win32') chmodSync(file, 0o600);
  database.exec(
    `PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS};`,
  );
  return database;
}
