import sax from 'sax';
import { Refusal } from './refusal.ts';

/** The XML inside Word and Excel files, as far as the checks look at it. */

/** Office reads UTF-8 and UTF-16; in another encoding something could hide from the search below. */
export function xmlText(content: Uint8Array, saveAs: string): string {
  const isWide = (content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff);
  const encoding = isWide ? (content[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8';
  const text = new TextDecoder(encoding).decode(content);
  const declared = /^<\?xml[^>]*encoding\s*=\s*["']([^"']+)/i.exec(text)?.[1] ?? 'utf-8';
  if (!/^utf-?(?:8|16)$/i.test(declared) || text.includes('\0'))
    throw new Refusal(`文件内部用了少见的编码；${saveAs}`);
  return text;
}

export interface XmlElement {
  /** Without its prefix. */
  name: string;
  attributes: Record<string, string>;
  text: string;
}

/** The elements that are looked at, in the order of the file; Office refuses XML that is not well-formed, and so do we. */
export function elementsOf(xml: string, saveAs: string): XmlElement[] {
  const wrong = (cause?: unknown) => new Refusal(`文件的内部结构不对；${saveAs}`, { cause });
  const parser = sax.parser(true, {});
  const found: XmlElement[] = [];
  let open: XmlElement | undefined;
  parser.ondoctype = () => {
    throw wrong();
  };
  parser.onerror = (error) => {
    throw wrong(error);
  };
  parser.onopentag = ({ name, attributes }) => {
    open = undefined;
    if (!INSPECTED.has(localName(name))) return;
    const local = Object.entries(attributes).map(([key, value]) => [localName(key), String(value)]);
    open = { name: localName(name), attributes: Object.fromEntries(local), text: '' };
    found.push(open);
  };
  const addText = (text: string) => {
    if (open) open.text += text;
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.onclosetag = () => {
    open = undefined;
  };
  parser.write(xml).close();
  return found;
}

const INSPECTED = new Set([
  'Relationship',
  'Default',
  'Override',
  'instrText',
  'fldSimple',
  'altChunk',
  'imagedata',
  'fill',
  'f',
]);

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);
