import { chmodSync, copyFileSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataFiles } from '../../stores/data-folder/index.ts';
import { checkCopy, type Counts, fingerprintOf } from './checks.ts';
import { makePrivate, PRIVATE_FOLDER } from './copying.ts';
import { type Generation, listGenerations } from './generations.ts';

/** Putting a copy back in the place of a data folder. */

/** What may be in a folder that a copy is put into: the key of the visit requests, put there before. */
const MAY_BE_THERE = ['requests.key'];

export interface Restored {
  generation: Generation;
  counts: Counts;
  /** What is still to do, Chinese; undefined when nothing is. */
  todo: string | undefined;
}

/**
 * Fills a data folder from a backup. What is in the backup is checked first and stays as it is.
 *
 * @param name generation, default the newest
 * @throws a Chinese message when the folder is not empty, when there is no such generation, and when it is damaged
 */
export async function restore(backup: string, data: string, name?: string): Promise<Restored> {
  const generations = listGenerations(backup);
  const generation = name ? generations.find((one) => one.name === name) : generations[0];
  if (!generation)
    throw new Error(
      name
        ? `「${backup}」里没有 ${name} 这一份；有哪些，请看 npm run backup -- --list ${backup}`
        : `「${backup}」里没有备份`,
    );
  const present = existsSync(data) ? readdirSync(data).filter((one) => !MAY_BE_THERE.includes(one)) : [];
  if (present.length > 0)
    throw new Error(
      `「${data}」不是空的，不覆盖它。请先停服务，把它改名留着（mv ${data} ${data}.坏），再恢复一次`,
    );
  const counts = await checkCopy(generation.folder, { isThorough: true }).catch((error: Error) => {
    throw new Error(`${generation.name} 这一份坏了：${error.message}。请在后面写明换哪一份`, {
      cause: error,
    });
  });
  mkdirSync(data, { recursive: true, mode: PRIVATE_FOLDER });
  if (process.platform !== 'win32') chmodSync(data, PRIVATE_FOLDER);
  const { repository, database, secret, settings, format, reports } = dataFiles(generation.folder);
  // A copy, no links: the backup and what is in use must not share a damage.
  cpSync(repository, dataFiles(data).repository, { recursive: true });
  if (existsSync(reports)) cpSync(reports, dataFiles(data).reports, { recursive: true });
  for (const file of [database, secret, settings, format].filter((one) => existsSync(one))) {
    copyFileSync(file, join(data, basename(file)));
    makePrivate(join(data, basename(file)));
  }
  return { generation, counts, todo: keyTodo(dataFiles(data).requestsKey, generation, counts) };
}

function keyTodo(key: string, { manifest }: Generation, { requests }: Counts): string | undefined {
  if (requests === 0) return undefined;
  if (!existsSync(key))
    return `有 ${requests} 份来校申请：请把另外保管的 requests.key 放进数据文件夹，再启动`;
  if (manifest?.requestsKey && manifest.requestsKey !== fingerprintOf(key))
    return '数据文件夹里的 requests.key 不是这些来校申请的那一把：请换成备份时的那一把';
  return undefined;
}
