import { missingPicture } from '../../../../src/model/missing-picture.ts';
import { showProblems } from '../../dialogs/dialog.ts';
import { toBlocks } from './blocks.ts';
import { writeElements } from './elements.ts';
import { takeFootnotes } from './footnotes.ts';
import { writeFormulas } from './formulas.ts';
import { recogniseHeadings } from './headings.ts';
import { leaveOut } from './left-out.ts';
import { Notes } from './notes.ts';
import { replacePictures } from './pictures.ts';
import { applyStyleSheets } from './style-sheets.ts';
import { writeStyles } from './styled.ts';
import { writeSymbols } from './symbols.ts';

/**
 * Converts HTML pasted from Word, WPS, Excel or a web page to Markdown that means the same. What was deleted or hidden there
 * stays out; what a body cannot hold is said. A picture that is not on this site, such as `file:///C:/…` or one of WeChat's,
 * becomes a sentence that tells the editor to upload it.
 */

export interface CleanPaste {
  markdown: string;
  /** Addresses of the pictures that were replaced, in the order of the text. */
  refused: string[];
  /** What was left out or changed, Chinese sentences. */
  notes: string[];
}

const HAS_STRUCTURE =
  'h1,h2,h3,h4,h5,h6,p ~ p,b,strong,i,em,ul,ol,table,a[href],img,blockquote,sub,sup,del,s,strike,math,ruby,q,u,input,select,' +
  'iframe,video,audio,embed,object,mpvideo,mpvoice,font[face],[class^=Mso],[style*=mso-],[style*=line-through],' +
  '[style*=vertical-align],[style*=underline],[style*=Wingdings],[style*=Symbol],[style*=Webdings],[style*="display:"],[hidden]';

/** Parses pasted HTML; nothing in it runs or is loaded. */
const parse = (html: string) => new DOMParser().parseFromString(html, 'text/html');

/** Whether pasted HTML holds more than plain text, such as headings, lists, tables or pictures. */
export const isFormatted = (html: string): boolean => parse(html).querySelector(HAS_STRUCTURE) !== null;

/** Pasted HTML as Markdown of the body. */
export function cleanPaste(html: string): CleanPaste {
  const pasted = parse(html);
  const { body } = pasted;
  const notes = new Notes();
  applyStyleSheets(pasted);
  leaveOut(body, notes);
  writeFormulas(body, notes);
  for (const invisible of body.querySelectorAll('style,script,meta,link,title,xml,template,noscript'))
    invisible.remove();
  writeSymbols(body, notes);
  writeStyles(body);
  writeElements(body, notes);
  const refused = replacePictures(body);
  recogniseHeadings(body, notes);
  const footnotes = takeFootnotes(body);
  const markdown = [...toBlocks(body), ...footnotes].join('\n\n');
  return { markdown, refused, notes: notes.messages };
}

/** Lists what a paste left out or changed, and the pictures with how to upload them; nothing when there is nothing to say. */
export function tellPaste({ refused, notes }: Pick<CleanPaste, 'refused' | 'notes'>): void {
  if (refused.length === 0 && notes.length === 0) return;
  const pictures = `有 ${refused.length} 张图片没有粘贴进来：请把光标放到「${missingPicture('')}」，删掉这句话，用「图片」按钮上传`;
  const messages = [
    ...(notes.length > 0 && refused.length > 0 ? [pictures] : []),
    ...notes,
    ...refused.map(
      (address) =>
        `「${address.length > MAX_ADDRESS_LENGTH ? `${address.slice(0, MAX_ADDRESS_LENGTH)}…` : address || '没有地址的图片'}」`,
    ),
  ];
  showProblems(
    notes.length > 0 ? '粘贴好了，下面几处和原来不一样，请看一看（按 Ctrl+Z 可以撤销这次粘贴）' : pictures,
    messages.map((message) => ({ severity: 'warning' as const, file: '', message })),
  );
}

const MAX_ADDRESS_LENGTH = 60;
