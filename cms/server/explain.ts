import { DEFAULT_PORT } from './start.ts';
import { dataDir } from './stores/data-folder/index.ts';

/** Codes of errors that a folder gives, and of SQLite where it cannot open a file. */
const UNWRITABLE = /^(EACCES|EPERM|EROFS|ENOSPC|ENOTDIR|EEXIST|ERR_SQLITE_ERROR)$/;

/** Why `npm start` failed, and what to do: a Chinese sentence, or the stack of an unexpected error. */
export function explainStart({ code = '', syscall, message, stack }: NodeJS.ErrnoException): string {
  const port = process.env.PORT || DEFAULT_PORT;
  if (code === 'EADDRINUSE')
    return `端口 ${port} 已经有别的程序在用；请关掉它，或换一个：PORT=4322 npm start`;
  if (code === 'ERR_SOCKET_BAD_PORT') return `PORT 是「${port}」，要写 1 到 65535 之间的数`;
  if (syscall === 'listen') return `这个用户不能用端口 ${port}；请换一个大于 1024 的：PORT=4321 npm start`;
  if (/\p{Script=Han}/u.test(message)) return message;
  if (UNWRITABLE.test(code))
    return `写不了数据文件夹「${dataDir}」（${code}）：请检查它的权限和磁盘的剩余空间，或用 DATA_DIR 换一个文件夹`;
  return stack ?? message;
}
