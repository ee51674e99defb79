import { existsSync, readFileSync } from 'node:fs';
import { writeFileAtomic } from '../../../../src/runtime/write-atomically.ts';

/** What this version writes into a data folder; raised when an older version could no longer read it. */
const FORMAT = 1;

/**
 * Notes the format that a data folder is written in. Folders of versions that noted none are of the first.
 *
 * @param file holds the number of the format
 * @throws a Chinese message when a newer version has written it
 */
export function claimFormat(data: string, file: string): void {
  const format = existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : 0;
  if (format > FORMAT)
    throw new Error(
      `数据文件夹「${data}」是更新的版本写的（格式 ${format}，这里只到 ${FORMAT}）：请把程序升级到那个版本，或用 DATA_DIR 换一个文件夹`,
    );
  if (format !== FORMAT) writeFileAtomic(file, `${FORMAT}\n`);
}
