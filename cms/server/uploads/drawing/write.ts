import { SVG } from './allowed.ts';
import type { SvgElement } from './element.ts';

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\t': '&#9;',
};
/** Characters that XML 1.0 does not know, even escaped. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to be taken out
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const escapeText = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? '');
const escapeAttribute = (text: string): string =>
  text.replace(NOT_XML, '').replace(/[&<>"\n\t]/g, (sign) => ESCAPES[sign] ?? '');

/** A drawing as the text of its file. */
export function writeDrawing({ name, attributes, children }: SvgElement, isRoot = true): string {
  const start = [isRoot ? `${name} xmlns="${SVG}"` : name];
  for (const [key, value] of attributes) start.push(`${key}="${escapeAttribute(value)}"`);
  const inside = children.map((child) =>
    typeof child === 'string' ? escapeText(child) : writeDrawing(child, false),
  );
  return inside.length > 0 ? `<${start.join(' ')}>${inside.join('')}</${name}>` : `<${start.join(' ')}/>`;
}
