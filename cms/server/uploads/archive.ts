import { isZip } from '../../zip/index.ts';
import { inspectOffice } from './office.ts';
import { Refusal } from './refusal.ts';
import { type Budget, isProgram, newBudget, shown, unpack } from './unpack.ts';

/** Looks into ZIP files. */

const MAX_DEPTH = 2;
const CLOSED_ARCHIVE = /\.(?:rar|7z|tar|t?gz|bz2|xz|cab|ace|arj|lzh)$/i;
/** Windows opens devices under these names, whatever the folder and the extension: such a file cannot be unpacked there. */
const DEVICE_NAME = /(?:^|[/\\])(?:con|prn|aux|nul|com\d|lpt\d)\s*(?:[.:]|$|[/\\])/i;

/** Throws a `Refusal` when a ZIP holds programs, paths that lead out, a bomb, or is not what its directory says. */
export async function inspectZip(bytes: Uint8Array, depth = 1, budget: Budget = newBudget()): Promise<void> {
  for await (const { name, content } of unpack(bytes, budget)) {
    if (isProgram(name, content))
      throw new Refusal(`压缩包里有程序「${shown(name)}」，不能上传；请去掉后重新打包`);
    if (DEVICE_NAME.test(name))
      throw new Refusal(`压缩包里的「${shown(name)}」在 Windows 上解不开；请改名后重新打包`);
    if (CLOSED_ARCHIVE.test(name))
      throw new Refusal(`压缩包里又有压缩包「${shown(name)}」，没法检查；请解开后重新打包`);
    if (!isZip(content)) continue;
    if (depth === MAX_DEPTH) throw new Refusal('压缩包一层套一层，没法检查；请解开后重新打包');
    if (/\.docx$/i.test(name)) await inspectOffice(content, 'docx', budget);
    else if (/\.xlsx$/i.test(name)) await inspectOffice(content, 'xlsx', budget);
    else await inspectZip(content, depth + 1, budget);
  }
}
