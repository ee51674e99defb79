import { copyFileSync, cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { dataDir, dataFiles } from './server/stores/data-folder/index.ts';
import { git } from './server/stores/content/git.ts';

/**
 * `npm run backup -- <folder>`: an online backup of everything that cannot be regenerated, incremental if the folder has an
 * earlier one. For restoring see docs/operate.md.
 *
 * Excluded is the key of visit requests (`requests.key`), so that a lost backup reveals no telephone numbers.
 */

/**
 * @param to folder of the backup
 * @throws a Chinese message when there is no content
 */
export async function backUp(data: string, to: string): Promise<void> {
  const { repository, database: databaseFile, format, settings, secret, reports } = dataFiles(data);
  if (!existsSync(repository)) throw new Error(`「${data}」里没有内容库；请用 DATA_DIR 指明数据文件夹`);
  mkdirSync(to, { recursive: true, mode: 0o700 });
  const copy = join(to, 'content.git');
  if (!existsSync(copy)) await git(copy, ['init', '--quiet', '--bare', '--initial-branch=main']);
  await git(copy, ['fetch', '--quiet', '--prune', '--no-auto-gc', resolve(repository), '+refs/*:refs/*']);
  const database = new DatabaseSync(databaseFile, { readOnly: true });
  const unfinished = join(to, 'portal.db.new');
  rmSync(unfinished, { force: true });
  await backup(database, unfinished);
  database.close();
  renameSync(unfinished, join(to, 'portal.db'));
  for (const file of [format, settings, secret])
    if (existsSync(file)) copyFileSync(file, join(to, basename(file)));
  // A draft is never changed, so one that is there already is the same.
  if (existsSync(reports))
    cpSync(reports, join(to, basename(reports)), {
      recursive: true,
      force: false,
      filter: (path) => !path.endsWith('.part'),
    });
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
