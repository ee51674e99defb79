import { showProblems } from '../../dialogs/dialog.ts';
import { missingPicture } from '../../../../src/model/missing-picture.ts';
import { toBlocks } from './blocks.ts';
import { replacePictures } from './pictures.ts';

/**
 * Converts HTML pasted from Word, WPS or a web page to Markdown without losing text. A picture that is not on this site, such
 * as `file:///C:/…` or one of WeChat's, becomes a sentence that tells the editor to upload it.
 */

export interface CleanPaste {
  markdown: string;
  /** Addresses of the pictures that were replaced, in the order of the text. */
  refused: string[];
}

const HAS_STRUCTURE =
  'h1,h2,h3,h4,h5,h6,p ~ p,b,strong,i,em,ul,ol,table,a[href],img,blockquote,sub,sup,[class^=Mso],[style*=mso-]';

/** Parses pasted HTML; nothing in it runs or is loaded. */
const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/** Whether pasted HTML holds more than plain text, such as headings, lists, tables or pictures. */
export const isFormatted = (html: string): boolean => parse(html).querySelector(HAS_STRUCTURE) !== null;

/** Pasted HTML as Markdown of the body. */
export function cleanPaste(html: string): CleanPaste {
  const { body } = parse(html);
  const refused = replacePictures(body);
  for (const invisible of body.querySelectorAll('style,script,meta,link,title,xml,template,noscript'))
    invisible.remove();
  return { markdown: toBlocks(body).join('\n\n'), refused };
}

/** Lists the replaced pictures and says how to upload them. */
export function listRemovedPictures(refused: readonly string[]): void {
  const problems = refused.map((address) => ({
    severity: 'warning' as const,
    file: '',
    message: `「${address.length > MAX_ADDRESS_LENGTH ? `${address.slice(0, MAX_ADDRESS_LENGTH)}…` : address || '没有地址的图片'}」`,
  }));
  const title = `有 ${refused.length} 张图片没有粘贴进来：请把光标放到「${missingPicture('')}」，删掉这句话，用「图片」按钮上传`;
  showProblems(title, problems);
}

const MAX_ADDRESS_LENGTH = 60;
