import sax, { type QualifiedTag } from 'sax';
import { Refusal } from '../refusal.ts';
import {
  ARIA,
  ATTRIBUTES,
  ELEMENTS,
  EMBEDDED,
  HOLDS_TEXT,
  RUNS,
  SVG,
  UNWRAPPED,
  XLINK,
  XML,
  XML_ATTRIBUTES,
} from './allowed.ts';
import { elementsNamed, type SvgElement } from './element.ts';

/** Reads a drawing, keeps what is allowed and refuses what runs or loads something. */

const MAX_ELEMENTS = 50_000;
const MAX_DEPTH = 200;

/** The file cannot be read as SVG. */
export const notDrawing = (cause?: unknown) =>
  new Refusal('这个 SVG 读不出来；请在画图软件里另存为「普通 SVG」或 PNG 再传', { cause });

/** Parses a drawing; throws a `Refusal`. */
export function parseDrawing(source: string): SvgElement {
  const parser = sax.parser(true, { xmlns: true });
  const outside: SvgElement = { name: '', attributes: [], children: [] };
  const open: SvgElement[] = [outside];
  let dropped = 0;
  let count = 0;

  parser.onerror = (error) => {
    throw notDrawing(error);
  };
  // Entities of its own would be read as other text here than in a browser.
  parser.ondoctype = (doctype) => {
    if (doctype.includes('[')) throw notDrawing();
  };
  parser.onopentag = (tag) => {
    const { local, uri, attributes } = tag as QualifiedTag;
    if (++count > MAX_ELEMENTS || open.length + dropped > MAX_DEPTH)
      throw new Refusal('这个 SVG 太复杂，手机打不开；请另存为 PNG 再传');
    refuseRunning(local, attributes);
    if (dropped > 0) {
      dropped++;
      return;
    }
    const isSvg = uri === SVG || uri === '';
    if (isSvg && UNWRAPPED.has(local)) {
      open.push(open.at(-1) as SvgElement);
      return;
    }
    if (!isSvg || !ELEMENTS.has(local) || (open.length === 1 && local !== 'svg')) {
      dropped = 1;
      return;
    }
    const element: SvgElement = { name: local, attributes: allowed(local, attributes), children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  };
  parser.onclosetag = () => {
    if (dropped > 0) dropped--;
    else open.pop();
  };
  const addText = (text: string) => {
    const into = open.at(-1);
    if (dropped > 0 || !into || !HOLDS_TEXT.has(into.name)) return;
    if (into.name === 'style') refuseLoading(text);
    into.children.push(text);
  };
  parser.ontext = addText;
  parser.oncdata = addText;
  parser.write(source).close();

  const [root] = outside.children;
  if (typeof root !== 'object') throw notDrawing();
  for (const style of elementsNamed(root, 'style')) refuseLoading(style.children.join(''));
  return root;
}

function refuseRunning(local: string, attributes: QualifiedTag['attributes']): void {
  const hasHandler = Object.values(attributes).some(
    ({ local: name, value }) => /^on/i.test(name) || /^[\s\p{C}]*(?:java|vb)script:/iu.test(value),
  );
  if (hasHandler || RUNS.has(local.toLowerCase()))
    throw new Refusal('这个 SVG 里有脚本，不能上传；请在画图软件里另存为 PNG 再传');
}

function allowed(element: string, attributes: QualifiedTag['attributes']): SvgElement['attributes'] {
  const kept: SvgElement['attributes'] = [];
  for (const { local, prefix, uri, value } of Object.values(attributes)) {
    if (local === 'href' && (uri === '' || uri === XLINK)) {
      const address = addressOf(element, value.trim());
      if (address !== undefined && !kept.some(([name]) => name === 'href')) kept.push(['href', address]);
      continue;
    }
    const isKnown = uri === '' && prefix === '' && (ATTRIBUTES.has(local) || ARIA.test(local));
    const isXml = uri === XML && XML_ATTRIBUTES.has(local);
    if (!isKnown && !isXml) continue;
    refuseLoading(value);
    kept.push([isXml ? `xml:${local}` : local, value]);
  }
  return kept;
}

/** An address inside the drawing; undefined when the element has no use for one. */
function addressOf(element: string, value: string): string | undefined {
  if (/^#[^\s"'<>]*$/.test(value)) return value;
  if (element === 'image' && EMBEDDED.test(value)) return value;
  if (value === '') return undefined;
  throw loadsFromElsewhere();
}

const loadsFromElsewhere = () =>
  new Refusal('这个 SVG 要从外面加载图片、字体或样式，不能上传；请在画图软件里把它们嵌入，或另存为 PNG 再传');

/** Throws when CSS, or an attribute that takes CSS values, refers to anything but an id of the drawing. */
function refuseLoading(css: string): void {
  // A backslash could spell `url` otherwise, and a comment could cut a word that the search below looks for.
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, ' ');
  const isOutward =
    /\\|@(?:import|font-face|namespace|charset)|(?:image-set|image|src|cross-fade|element|expression)\s*\(|behavior\s*:|-moz-binding/i.test(
      plain,
    );
  const addresses = [...plain.matchAll(/url\s*\(\s*(["']?)/gi)];
  const isInside = addresses.every(({ index, 0: begin }) => plain[index + begin.length] === '#');
  if (isOutward || !isInside || /<|\/\*/.test(plain)) throw loadsFromElsewhere();
}
