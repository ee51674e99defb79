import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { git, gitText } from '../../stores/content/git.ts';
import { MAIN } from '../../stores/content/repository.ts';
import { dataFiles } from '../../stores/data-folder/index.ts';

/** What makes a copy of a data folder a good one. The same checks are made before a copy counts, and by `--verify`. */

/** What is counted, to notice a copy that has lost most of it. */
export const counts = z.object({
  /** Files of published content. */
  entries: z.int(),
  /** Drafts and discarded texts. */
  unpublished: z.int(),
  accounts: z.int(),
  /** Rows of the audit log, which only grows. */
  audit: z.int(),
  /** Visit requests. */
  requests: z.int(),
});
export type Counts = z.output<typeof counts>;

/**
 * Checks a copy.
 *
 * @param folder has the files of a data folder
 * @param options.isThorough reads every object of the repository, not only what leads from one to the next
 * @returns what is in it
 * @throws a Chinese message that says what is damaged
 */
export async function checkCopy(folder: string, { isThorough = false } = {}): Promise<Counts> {
  const { repository, database, secret, settings } = dataFiles(folder);
  const content = await checkRepository(repository, isThorough);
  const tables = existsSync(database) ? checkDatabase(database) : { accounts: 0, audit: 0, requests: 0 };
  if (tables.accounts > 0 && !(existsSync(secret) && readFileSync(secret, 'utf8').trim()))
    throw new Error('登录密钥 secret 没有或是空的：没有它，开着两步验证的人登录不了');
  if (existsSync(settings)) parseJson(settings, '服务器设置 server.json 读不懂');
  return { ...content, ...tables };
}

async function checkRepository(repository: string, isThorough: boolean) {
  if (!existsSync(join(repository, 'HEAD'))) throw new Error('内容库 content.git 没有或不完整');
  const main = await gitText(repository, ['rev-parse', '--verify', '--quiet', `${MAIN}^{commit}`]).catch(
    () => undefined,
  );
  if (!main) throw new Error(`内容库里没有已发布的内容（${MAIN}）`);
  const depth = isThorough ? ['--full'] : ['--connectivity-only'];
  await git(repository, ['fsck', ...depth, '--no-dangling', '--no-progress']).catch((error: Error) => {
    throw new Error(`内容库有损坏：${error.message.split('\n').slice(0, 3).join(' ')}`);
  });
  const lines = async (args: string[]) =>
    (await gitText(repository, args)).split('\n').filter(Boolean).length;
  return {
    entries: await lines(['ls-tree', '-r', '--name-only', MAIN, '--', 'content/']),
    unpublished: await lines(['for-each-ref', '--format=%(refname)', 'refs/drafts/', 'refs/discarded/']),
  };
}

function checkDatabase(file: string) {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const found = database.prepare('PRAGMA integrity_check(1)').get()?.integrity_check;
    if (found !== 'ok') throw new Error(String(found));
    const isThere = database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
    const rows = (table: string) =>
      isThere.get(table) ? Number(database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n) : 0;
    return { accounts: rows('user'), audit: rows('audit'), requests: rows('visitRequests') };
  } catch (error) {
    throw new Error(`数据库 portal.db 有损坏：${(error as Error).message.split('\n')[0]}`, { cause: error });
  } finally {
    database.close();
  }
}

function parseJson(file: string, problem: string): void {
  try {
    JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(problem, { cause: error });
  }
}

/**
 * Checks the key of visit requests, which is in no backup: without it the sealed requests in the backup are worth nothing.
 *
 * @returns its fingerprint, to tell the right key when it is put back; undefined when there is no key
 * @throws a Chinese message when there are requests and no key
 */
export function checkRequestsKey(data: string, { requests }: Counts): string | undefined {
  const { requestsKey } = dataFiles(data);
  if (existsSync(requestsKey)) return fingerprintOf(requestsKey);
  if (requests === 0) return undefined;
  throw new Error(
    `有 ${requests} 份来校申请，可是没有它们的密钥 requests.key。请从另外保管的地方把它放回数据文件夹`,
  );
}

/** Digest of a key file; a key is 32 random bytes, so that it tells nothing of the key. */
export const fingerprintOf = (file: string): string =>
  createHash('sha256').update(readFileSync(file, 'utf8').trim()).digest('hex').slice(0, 16);

const LABELS: Record<keyof Counts, string> = {
  entries: '已发布的内容文件',
  unpublished: '草稿和回收站里的',
  accounts: '账号',
  audit: '操作记录',
  requests: '来校申请',
};

/** Fewer than this are not worth a question. */
const LEAST_LOST = 3;
/** What is left of a count that may be right. */
const PLAUSIBLE_SHARE = 0.7;

/** What has become so few since the last copy that something is probably lost, one Chinese phrase each. */
export function implausibleLosses(before: Counts, now: Counts): string[] {
  // Requests are deleted when their time is over, drafts when they are published: only a collapse is suspicious.
  const shares: Counts = { entries: PLAUSIBLE_SHARE, unpublished: 0.3, accounts: 1, audit: 1, requests: 0 };
  const least: Counts = { entries: LEAST_LOST, unpublished: 10, accounts: 1, audit: 1, requests: 0 };
  return (Object.keys(LABELS) as (keyof Counts)[])
    .filter((name) => now[name] < before[name] * shares[name] && before[name] - now[name] >= least[name])
    .map((name) => `${LABELS[name]}从 ${before[name]} 变成 ${now[name]}`);
}
