import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { dataDir } from './server/stores/data.ts';
import { git } from './server/stores/content/git.ts';

/**
 * `npm run backup -- <folder>`: an online backup of everything that cannot be regenerated, incremental if the folder has an
 * earlier one. For restoring see docs/operate.md.
 *
 * Excluded is the key of visit requests (`requests.key`), so that a lost backup reveals no telephone numbers.
 */

/** Small files of the data folder in a backup; the rest is content, the database, or can be regenerated. */
const FILES = ['format', 'server.json', 'secret'];

/**
 * @param to folder of the backup
 * @throws a Chinese message when there is no content
 */
export async function backUp(data: string, to: string): Promise<void> {
  const repository = join(data, 'content.git');
  if (!existsSync(repository)) throw new Error(`「${data}」里没有内容库；请用 DATA_DIR 指明数据文件夹`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const copy = join(to, 'content.git');
  if (!existsSync(copy)) await git(copy, ['init', '--quiet', '--bare', '--initial-branch=main']);
  await git(copy, ['fetch', '--quiet', '--prune', '--no-auto-gc', resolve(repository), '+refs/*:refs/*']);
  const database = new DatabaseSync(join(data, 'portal.db'), { readOnly: true });
  const unfinished = join(to, 'portal.db.new');
  rmSync(unfinished, { force: true });
  await backup(database, unfinished);
  database.close();
  renameSync(unfinished, join(to, 'portal.db'));
  for (const name of FILES) if (existsSync(join(data, name))) copyFileSync(join(data, name), join(to, name));
}

if (import.meta.main) {
  const [, , to] = process.argv;
  if (!to) {
    console.error('请写备份到哪个文件夹：npm run backup -- /mnt/usb/portal');
    process.exit(2);
  }
  try {
    await backUp(dataDir, resolve(to));
    console.log(`已备份到 ${resolve(to)}`);
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
}
