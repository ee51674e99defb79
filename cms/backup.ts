import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { countyTime } from '../src/calendar/clock.ts';
import { writeFileAtomic } from '../src/runtime/write-atomically.ts';
import { backUp, listGenerations, restore, verify } from './server/services/backup/index.ts';
import type { Counts } from './server/services/backup/checks.ts';
import { openStatus } from './server/services/status.ts';
import { dataDir, dataFiles } from './server/stores/data-folder/index.ts';
import { explainDisk } from './server/process/disk.ts';

export { backUp };

/** `npm run backup`: makes, lists, checks and restores backups; see `server/services/backup/` and docs/operate.md. */

const USAGE = `npm run backup -- 文件夹                     备份到这个文件夹，不用停服务
npm run backup -- 文件夹 --anyway            比上次少了很多也备份
npm run backup -- --list [文件夹]            列出各次备份
npm run backup -- --verify [文件夹]          检查每一次备份是不是好的
npm run backup -- --restore 文件夹 [哪一次]  恢复到空的数据文件夹（DATA_DIR）；先停服务`;

/** A mistake in the command: told with its usage, exit code 2. */
class UsageError extends Error {}

interface Command {
  data: string;
  folder: string;
  /** A generation. */
  name: string | undefined;
}

const said = ({ entries, unpublished, accounts, requests }: Counts) =>
  `${entries} 个内容文件，${unpublished} 份草稿和删除的内容，${accounts} 个账号，${requests} 份来校申请`;

async function make({ data, folder }: Command, acceptsLosses: boolean): Promise<number> {
  const status = openStatus(data);
  try {
    const counts = await backUp(data, folder, { acceptsLosses });
    status.record('backup', { ok: true, message: `备份在 ${folder}：${said(counts)}` });
    writeFileAtomic(dataFiles(data).backup, `${JSON.stringify({ folder })}\n`, 0o600);
    console.log(`已备份到 ${folder}，检查过是好的：${said(counts)}。`);
    return 0;
  } catch (error) {
    const disk = explainDisk(error as Error, { folder: `备份的文件夹「${folder}」`, retry: '再备份一次' });
    const message = `没有备份：${disk ?? (error as Error).message}。以前的备份都没有动；怎样修好见 docs/operate.md 的「出了问题」，修好再备份一次。`;
    if (existsSync(dataFiles(data).repository)) status.record('backup', { ok: false, message });
    console.error(message);
    return 1;
  }
}

function list({ folder }: Command): number {
  const generations = listGenerations(folder);
  if (generations.length === 0) console.log(`「${folder}」里没有备份。`);
  for (const { name, manifest } of generations)
    console.log(
      manifest
        ? `${name}  ${countyTime(new Date(manifest.at)).replace('T', ' ')}  ${said(manifest.counts)}`
        : `${name}  （没有说明的旧备份，或说明坏了；用 --verify 检查）`,
    );
  return 0;
}

async function check({ data, folder }: Command): Promise<number> {
  const results = await verify(folder);
  for (const { generation, counts, problem } of results)
    console.log(`${generation.name}  ${problem ? `坏了：${problem}` : `是好的：${counts && said(counts)}`}`);
  if (results.length === 0) console.error(`「${folder}」里没有备份。`);
  const [newest] = results;
  const isGood = newest !== undefined && newest.problem === undefined;
  if (existsSync(data))
    openStatus(data).record('backup-check', {
      ok: isGood,
      message: isGood
        ? '最近一次备份检查过，是好的'
        : `最近一次备份是坏的：${newest?.problem ?? '没有找到备份'}。请换一个磁盘再备份一次`,
    });
  return results.length > 0 && results.every(({ problem }) => problem === undefined) ? 0 : 1;
}

async function putBack({ data, folder, name }: Command): Promise<number> {
  const { generation, counts, todo } = await restore(folder, data, name);
  console.log(`已把 ${generation.name} 这一份恢复到 ${data}：${said(counts)}。`);
  console.log(todo ? `还要做：${todo}。` : '现在可以启动：npm start。网站会重新生成一次。');
  return 0;
}

/** Runs the command; returns its exit code. */
async function run(args: string[], data: string): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      list: { type: 'boolean' },
      verify: { type: 'boolean' },
      restore: { type: 'boolean' },
      anyway: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  const [given, name] = positionals;
  const last = values.list || values.verify ? lastFolder(data) : undefined;
  const folder = given ?? last;
  if (!folder) throw new UsageError('请写备份到哪个文件夹：npm run backup -- /mnt/usb/portal');
  const command: Command = { data, folder: resolve(folder), name };
  if (values.list) return list(command);
  if (values.verify) return check(command);
  if (values.restore) return putBack(command);
  return make(command, values.anyway ?? false);
}

/** The folder of the last backup. */
function lastFolder(data: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(dataFiles(data).backup, 'utf8')) as { folder: string }).folder;
  } catch {
    return undefined;
  }
}

if (import.meta.main)
  try {
    process.exitCode = await run(process.argv.slice(2), dataDir);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const isUsage = error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS');
    console.error(code.startsWith('ERR_PARSE_ARGS') ? `没有这样的写法。\n${USAGE}` : message);
    process.exitCode = isUsage ? 2 : 1;
  }
