import { zipSync } from 'fflate';
import { openZip, ZipError, type ZipProblem } from '../zip/index.ts';

/**
 * Opens an .xlsx, which is a ZIP, without trusting anything that it says of itself. The reader of spreadsheets gets a new,
 * uncompressed archive of the parts that hold cells, since it allocates whatever size an archive claims.
 */

/** The parts of a workbook that hold its cells. */
const CELL_PARTS =
  /^(?:\[Content_Types\]\.xml|_rels\/\.rels|xl\/(?:workbook|sharedStrings|styles)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w-]+\.xml)$/;

const LIMITS = { maxEntries: 500, maxBytes: 24 * 1024 * 1024 };

/** A workbook that is not taken; the message says what to do. */
export class WorkbookRefusal extends Error {}

const DAMAGED = '文件坏了或没有传完整，请用 Excel 或 WPS 打开、另存为 .xlsx 再传';
const MESSAGES: Partial<Record<ZipProblem, string>> = {
  encrypted: '文件加了密码，请去掉密码再传',
  'too-many-entries': '表格里的东西太多，请只留要导入的这一张表再传',
  'too-large': '表格解开以后太大，请只留要导入的这一张表再传',
};

/** The parts of a workbook by name. @throws WorkbookRefusal */
export async function workbookParts(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  try {
    for (const { name, read } of await openZip(bytes, LIMITS, (name) => CELL_PARTS.test(name)))
      parts.set(name, await read());
  } catch (error) {
    if (!(error instanceof ZipError)) throw error;
    throw new WorkbookRefusal(MESSAGES[error.problem] ?? DAMAGED, { cause: error });
  }
  if (!parts.has('xl/workbook.xml'))
    throw new WorkbookRefusal('这不是 Excel 表格，请用 Excel 或 WPS 另存为 .xlsx 再传');
  return parts;
}

/** A new workbook of some parts, uncompressed. */
export const workbookOf = (parts: ReadonlyMap<string, Buffer>): Buffer =>
  Buffer.from(zipSync(Object.fromEntries(parts), { level: 0 }));
