import { stripVTControlCharacters } from 'node:util';
import { explainDisk } from '../process/disk.ts';

const ON_DISK = { folder: '网站的文件夹', retry: '再发布一次' };

/** Whether the disk is the reason, so that building anew would end the same way. */
export const isDiskTrouble = (error: Error): boolean => explainDisk(error, ON_DISK) !== undefined;

/** What an editor is told about a failed build: the file if the output names one, and the first error. */
export function explainBuild(output: string): string {
  const disk = explainDisk(new Error(output), ON_DISK);
  if (disk) return disk;
  if (/heap out of memory|ENOMEM/i.test(output)) return '服务器的内存不够。请联系管理员，然后再发布一次';
  const plain = stripVTControlCharacters(output);
  const file = /(?:content\/)?(?:[\w-]+\/)[\w-]+\.(?:mdx|yaml)(?::\d+| 第 \d+ 行)?/.exec(plain)?.[0];
  const line = plain.split('\n').find((one) => /error|错误|\[ERROR\]/i.test(one) && one.trim().length > 8);
  const reason = line?.trim().slice(0, 200) ?? '没有说明原因';
  return `网站没有生成出来${file ? `，问题可能在 ${file}` : ''}。请把下面这句话告诉管理员：${reason}`;
}
