import { chmodSync, existsSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { DataFiles } from './files.ts';

/** The two keys of a data folder: what they lock is lost without them, so that a lost one is never replaced in silence. */

/** Environment variable that lets the server make a new key, `secret` or `requests`, for one that is lost for good. */
const MAKE = 'NEW_KEYS';

const isAllowed = (name: string) => (process.env[MAKE] ?? '').split(/[\s,]+/).includes(name);

/**
 * Refuses to go on without a key that something is locked with.
 *
 * @throws a Chinese message that says how to restore it, and how to go on without
 */
export function refuseLostKeys(
  files: Pick<DataFiles, 'secret' | 'requestsKey'>,
  database: DatabaseSync,
): void {
  const rows = (table: string) => {
    const isThere = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').get(table);
    return isThere ? Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n) : 0;
  };
  const accounts = rows('user');
  if (accounts > 0 && !existsSync(files.secret) && !isAllowed('secret'))
    throw new Error(
      `登录密钥「${files.secret}」没有了，可是有 ${accounts} 个账号，所以没有启动。请从备份里恢复这个文件；真的没有了，就用 ${MAKE}=secret npm start 启动一次：会做一个新的，大家要重新登录，开着两步验证的人要请管理员重置密码并关闭两步验证`,
    );
  const requests = rows('visitRequests');
  if (requests > 0 && !existsSync(files.requestsKey) && !isAllowed('requests'))
    throw new Error(
      `来校申请的密钥「${files.requestsKey}」没有了，可是有 ${requests} 份申请是用它加密的，所以没有启动。请从另外保管的地方放回这个文件；真的没有了，就用 ${MAKE}=requests npm start 启动一次：会做一个新的，这些申请以后读不出来，新的申请不受影响`,
    );
}

/** Lets only this user of the machine read what is secret, whoever put it there. */
export function makeSecretsPrivate(files: DataFiles): void {
  if (process.platform === 'win32') return;
  const { database, secret, requestsKey, settings, gitToken, gitKey, gitHost, status } = files;
  const databases = [database, `${database}-wal`, `${database}-shm`];
  for (const file of [...databases, secret, requestsKey, settings, gitToken, gitKey, gitHost, status])
    if (existsSync(file)) chmodSync(file, 0o600);
}
