/** What a failed write means, and how people are told. */

const FULL = /ENOSPC|No space left/i;
const UNWRITABLE_CODE = /^(?:EROFS|EACCES|EPERM)$/;
/** As Git and SQLite write it; Node's own messages come with a code. */
const UNWRITABLE = /Read-only file system|Permission denied|readonly database/;

interface Told {
  /** The folder that could not be written, 「存内容的文件夹」. */
  folder: string;
  /** What was not done, 「，没有保存」; empty when the next step says it. */
  consequence?: string;
  /** What to do once the disk is in order, 「再保存一次」. */
  retry: string;
}

/** A Chinese sentence without its full stop when the disk is full or may not be written; undefined for other errors. */
export function explainDisk(error: Error, { folder, consequence = '', retry }: Told): string | undefined {
  const { code = '', message } = error as NodeJS.ErrnoException;
  if (FULL.test(`${code} ${message}`))
    return `服务器的磁盘满了${consequence}。请联系管理员清理磁盘，然后${retry}`;
  if (UNWRITABLE_CODE.test(code) || UNWRITABLE.test(message))
    return `服务器写不了${folder}${consequence}。请联系管理员检查文件夹的权限，然后${retry}`;
  return undefined;
}
