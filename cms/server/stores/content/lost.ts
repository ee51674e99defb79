import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { dataFiles } from '../data-folder/index.ts';
import { gitText } from './git.ts';
import { isAncestor, isComplete } from './mending.ts';
import { MAIN } from './repository.ts';
import { STAMP } from './written-out.ts';

/**
 * A data folder that has been used and whose published content cannot be found any more: a reference lost in a power cut,
 * a folder that was copied by half. It must never be taken for a new one, which is filled with the content that comes
 * with the program: that would be published in place of the real site.
 */

type Files = Pick<ReturnType<typeof dataFiles>, 'repository' | 'content' | 'database' | 'releases'>;

/**
 * Refuses a data folder without published content that has been in use. Changes nothing in it.
 *
 * @throws a Chinese message that names the commands which restore it
 */
export async function refuseLostContent(files: Files): Promise<void> {
  const fellBack = await hasFallenBack(files);
  if (!fellBack && (await isCommit(files.repository, MAIN))) return;
  const traces = await tracesOfUse(files);
  if (traces.length === 0) return;
  const git = `git --git-dir="${files.repository}"`;
  const file = join(files.repository, MAIN);
  // Git refuses to write a reference that it cannot read.
  const removal = existsSync(file) ? `rm "${file}" && ` : '';
  const last = await lastPublished(files);
  const ways = [
    last && `内容的最后一次提交还在。运行这一条，再启动：\n   ${removal}${git} update-ref ${MAIN} ${last}`,
    '从备份恢复：先把这个数据文件夹改名留着，再运行 npm run backup -- --restore 备份文件夹',
    `没有备份时，列出内容库里还在的提交，找到最新的一个：\n   ${git} fsck --lost-found --no-reflogs\n   ${removal}${git} update-ref ${MAIN} 提交的编号`,
  ].filter((way) => way !== undefined);
  throw new Error(
    [
      fellBack
        ? `内容库「${files.repository}」里已发布的内容（${MAIN}）退回到了以前的一次，最近的几次发布不在里面；里面有${traces.join('、')}。`
        : `内容库「${files.repository}」里找不到已发布的内容（${MAIN}），可是这个数据文件夹用过：里面有${traces.join('、')}。`,
      '所以没有启动，也没有放进演示内容，什么都没有改。请用下面的一种办法恢复：',
      ...ways.map((way, index) => `${index + 1}. ${way}`),
      '详见 docs/operate.md 的「恢复」。真的要从头开始，就用 DATA_DIR 换一个空文件夹。',
    ].join('\n'),
  );
}

/**
 * Whether main has an older value than the one that was published last: its file is lost, and Git falls back to the value
 * that it had when references were packed. Somebody who sets it back on purpose leaves a line in its log.
 */
async function hasFallenBack({ repository, content }: Files): Promise<boolean> {
  const published = readIfThere(join(content, STAMP)).trim();
  const now = await gitText(repository, ['rev-parse', '--verify', '--quiet', MAIN]).catch(() => '');
  if (!now || !published || now === published || reflogOf(repository).find(Boolean) === now) return false;
  return isAncestor(repository, now, published);
}

/** What shows that an office has worked here, in Chinese. */
async function tracesOfUse({ repository, database, releases }: Files): Promise<string[]> {
  const traces: string[] = [];
  const refs = hasRepository(repository)
    ? await gitText(repository, ['for-each-ref', '--format=%(refname)']).catch(() => '')
    : '';
  if (refs) traces.push(`${refs.split('\n').length} 份草稿或回收站里的内容`);
  else if (globSync('refs/{heads,drafts,discarded}/**/*', { cwd: repository }).some(isFileIn(repository)))
    traces.push('读不出来的引用');
  const accounts = accountsIn(database);
  if (accounts === undefined) traces.push('读不出来的账号数据库');
  else if (accounts > 0) traces.push(`${accounts} 个账号`);
  const sites = globSync('*/release.json', { cwd: releases }).length;
  if (sites > 0) traces.push(`${sites} 次发布的网站`);
  return traces;
}

const isFileIn = (folder: string) => (path: string) => statSync(join(folder, path)).isFile();

const hasRepository = (folder: string) => existsSync(join(folder, 'HEAD'));

async function isCommit(repository: string, name: string): Promise<boolean> {
  if (!hasRepository(repository)) return false;
  return gitText(repository, ['cat-file', '-e', `${name}^{commit}`]).then(
    () => true,
    () => false,
  );
}

/** How many accounts a database has; undefined when it cannot be read. */
function accountsIn(file: string): number | undefined {
  if (!existsSync(file)) return 0;
  try {
    const database = new DatabaseSync(file, { readOnly: true });
    try {
      const isMade = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'user'").get();
      return isMade ? Number(database.prepare('SELECT count(*) AS n FROM user').get()?.n) : 0;
    } finally {
      database.close();
    }
  } catch {
    return undefined;
  }
}

/** The newest commit that was published as far as can be told and that is still there with all its files. */
async function lastPublished({ repository, content, releases }: Files): Promise<string | undefined> {
  const noted = [
    ...reflogOf(repository),
    readIfThere(join(content, STAMP)).trim(),
    ...globSync('*/release.json', { cwd: releases })
      .sort()
      .reverse()
      .map((file) => /"commit": "([0-9a-f]{40})"/.exec(readIfThere(join(releases, file)))?.[1] ?? ''),
  ];
  for (const commit of new Set(noted.filter((one) => /^[0-9a-f]{40}$/.test(one))))
    if ((await isCommit(repository, commit)) && (await isComplete(repository, commit))) return commit;
  return undefined;
}

/** Values that main had, the newest first. */
function reflogOf(repository: string): string[] {
  return readIfThere(join(repository, 'logs', MAIN))
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .reverse();
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
