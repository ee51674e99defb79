import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { convertToHtml, images } from 'mammoth';
import { inspectUpload } from '../inspect.ts';
import { Refusal } from '../refusal.ts';
import { newBudget, unpack } from '../unpack.ts';
import { HEADING_LEVELS, headingStyle, TITLE_STYLE } from './headings.ts';
import { asPaste, ID_PREFIX } from './html.ts';
import { prepare } from './prepare.ts';

/**
 * Converts a Word file that passed the checks of an upload: mammoth (https://github.com/mwilliamson/mammoth.js) reads its
 * text, lists, tables, footnotes and pictures; what it does not know is prepared before and put in after.
 */

export interface ConvertedWord {
  /** Empty when the file names none. */
  title: string;
  /** As Word copies it; a picture's address is `picture:0`. */
  html: string;
  pictures: { file: string; extension: string }[];
  /** What could not be kept, Chinese sentences. */
  notes: string[];
}

const MAX_PICTURES = 60;

const EXTENSIONS: Record<string, string> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
};

const STYLES = [
  `p.${TITLE_STYLE} => h1.title:fresh`,
  ...HEADING_LEVELS.map((level) => `p.${headingStyle(level)} => h${level}:fresh`),
  'u => u',
  'comment-reference => !',
];

/** OLE 2, in which old Word files are, and new ones with a password. */
const OLD_FORMAT = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const WITH_PASSWORD = Buffer.from('EncryptedPackage', 'utf16le');

function refuseOthers(bytes: Buffer): void {
  if (bytes.subarray(0, OLD_FORMAT.length).equals(OLD_FORMAT))
    throw new Refusal(
      bytes.includes(WITH_PASSWORD)
        ? '这个文件加了密码，读不了：请在 Word 或 WPS 里打开，去掉密码，保存后再导入'
        : '这是旧的格式（.doc、.wps），读不了：请在 Word 或 WPS 里打开，「另存为」.docx，再导入',
    );
  if (bytes.subarray(0, 5).toString() === '{\\rtf' || bytes.subarray(0, 100).toString().includes('<html'))
    throw new Refusal('这个文件不是真正的 .docx：请在 Word 或 WPS 里打开，「另存为」.docx，再导入');
}

/**
 * Converts a Word file.
 *
 * @param folder where its pictures are written
 * @throws {Refusal} when it is not taken, with what to do
 */
export async function convertWord(file: string, folder: string): Promise<ConvertedWord> {
  refuseOthers(readFileSync(file));
  await inspectUpload('docx', file);
  const parts: Record<string, Uint8Array> = {};
  for await (const { name, content } of unpack(readFileSync(file), newBudget())) parts[name] = content;
  const { xml, title, formulas, notes } = prepare((name) =>
    parts[name] === undefined ? undefined : new TextDecoder().decode(parts[name]),
  );
  parts['word/document.xml'] = strToU8(xml);

  const pictures: ConvertedWord['pictures'] = [];
  const refused = { kinds: new Set<string>(), count: 0 };
  const convertImage = images.imgElement(async (image) => {
    const extension = EXTENSIONS[image.contentType];
    if (!extension || pictures.length >= MAX_PICTURES) {
      refused.kinds.add(extension ? '' : image.contentType.replace(/^image\/(?:x-)?/, '').toUpperCase());
      refused.count++;
      return { src: '' };
    }
    const picture = join(folder, `picture-${pictures.length}`);
    writeFileSync(picture, await image.readAsBuffer(), { mode: 0o600 });
    pictures.push({ file: picture, extension });
    return { src: `picture:${pictures.length - 1}` };
  });
  const { value } = await convertToHtml(
    { buffer: Buffer.from(zipSync(parts, { level: 0 })) },
    { styleMap: STYLES, idPrefix: ID_PREFIX, convertImage, externalFileAccess: false },
  );
  if (refused.count > 0) {
    const kinds = [...refused.kinds].filter(Boolean).join('、');
    notes.unshift(
      `${refused.count} 张图片没有带过来${kinds ? `（${kinds} 格式网页显示不了，请在 Word 里另存为 PNG 再插入）` : `（一次最多 ${MAX_PICTURES} 张）`}`,
    );
  }
  return { title, html: asPaste(value, formulas), pictures, notes };
}
