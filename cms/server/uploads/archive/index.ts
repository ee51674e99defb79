import { Refusal } from '../refusal.ts';
import { inspectOffice } from './office.ts';
import { isProgram } from './programs.ts';
import { isZip, MAX_UNPACKED_BYTES, shownName, unpack } from './unpack.ts';

/** ZIP files, and the archives and Office files inside them. */

const CLOSED_ARCHIVE = /\.(?:rar|7z|tar|t?gz|bz2|xz|cab|ace|arj|lzh)$/i;

const MAX_DEPTH = 2;

/** Throws a `Refusal` when a ZIP holds programs, paths that lead out, a bomb, or is not what its directory says. */
export function inspectZip(bytes: Uint8Array, depth = 1, budget = { left: MAX_UNPACKED_BYTES }): void {
  for (const { name, content } of unpack(bytes, budget)) {
    if (isProgram(name, content))
      throw new Refusal(`压缩包里有程序「${shownName(name)}」，不能上传；请去掉后重新打包`);
    if (CLOSED_ARCHIVE.test(name))
      throw new Refusal(`压缩包里又有压缩包「${shownName(name)}」，没法检查；请解开后重新打包`);
    if (!isZip(content)) continue;
    if (depth === MAX_DEPTH) throw new Refusal('压缩包一层套一层，没法检查；请解开后重新打包');
    if (/\.docx$/i.test(name)) inspectOffice(content, 'docx', budget);
    else if (/\.xlsx$/i.test(name)) inspectOffice(content, 'xlsx', budget);
    else inspectZip(content, depth + 1, budget);
  }
}

export { inspectOffice, isZip };
