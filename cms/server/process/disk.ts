/** What a failed write means, and how people are told. */

/**
 * Codes and words for a full disk: of Node, of the C library (as Git prints them), of SQLite, of Git itself where it
 * gives no reason.
 */
const FULL =
  /ENOSPC|EDQUOT|No space left|[Dd]isk quota exceeded|database or disk is full|SQLITE_FULL|disk full/;
const UNWRITABLE_CODE = /^(?:EROFS|EACCES|EPERM)$/;
/** As Git and SQLite write it; Node's own messages come with a code. */
const UNWRITABLE =
  /Read-only file system|Permission denied|Operation not permitted|readonly database|insufficient permission for adding|EROFS/;
const FAULTY = /\bEIO\b|Input\/output error|disk I\/O error/;
/** Git could not write and does not say why: nearly always the disk is full. */
const WRITE_FAILED =
  /unable to write (?:loose object )?file|write error|sha1 file .* write error|failed to write/;

interface Told {
  /** The folder that could not be written, 「存内容的文件夹」. */
  folder: string;
  /** What was not done, 「，没有保存」; empty when the next step says it. */
  consequence?: string;
  /** What to do once the disk is in order, 「再保存一次」. */
  retry: string;
}

/** A Chinese sentence without its full stop when the disk is full, faulty or may not be written; undefined for other errors. */
export function explainDisk(error: Error, { folder, consequence = '', retry }: Told): string | undefined {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const said = `${code} ${message}`;
  if (FULL.test(said)) return full(consequence, retry);
  if (UNWRITABLE_CODE.test(code) || UNWRITABLE.test(message))
    return `服务器写不了${folder}${consequence}。请联系管理员检查文件夹的权限，然后${retry}`;
  if (FAULTY.test(said))
    return `服务器的磁盘读写出错${consequence}。请联系管理员检查磁盘，先做一次备份，然后${retry}`;
  return WRITE_FAILED.test(message) ? full(consequence, retry) : undefined;
}

const full = (consequence: string, retry: string) =>
  `服务器的磁盘满了${consequence}。请联系管理员清理磁盘，然后${retry}`;
