import sax, { type QualifiedTag } from 'sax';
import { MB, Refusal } from './refusal.ts';

/**
 * SVG drawings: parsed, and rebuilt from the elements and attributes listed below. Private data of drawing programs is
 * removed silently, and so do animations and embedded web pages; a drawing that runs something or loads from elsewhere is
 * refused, because without that part it would not be the drawing that the editor saw.
 */

export const MAX_DRAWING_BYTES = 5 * MB;
const MAX_ELEMENTS = 50_000;
const MAX_DEPTH = 200;
/** Shapes to be painted once `<use>`, patterns and masks are followed: ten times ten times ten… stalls a phone. */
const MAX_PAINTED = 200_000;

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const XML = 'http://www.w3.org/XML/1998/namespace';

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** https://www.w3.org/TR/SVG2/eltindex.html without what runs, animates, links or embeds. */
const ELEMENTS = words(`
  svg g defs symbol use switch title desc style
  path rect circle ellipse line polyline polygon text tspan textPath image
  linearGradient radialGradient stop pattern clipPath mask marker
  filter feGaussianBlur feOffset feMerge feMergeNode feColorMatrix feComponentTransfer feFuncR feFuncG feFuncB feFuncA
  feFlood feComposite feBlend feDropShadow feMorphology`);
/** The element goes, what is inside it stays. */
const UNWRAPPED = words('a');
const RUNS = words('script handler listener');
const HOLDS_TEXT = words('text tspan textPath title desc style');

/** https://www.w3.org/TR/SVG2/attindex.html and https://www.w3.org/TR/SVG2/propidx.html without events and addresses. */
const ATTRIBUTES = words(`
  id class style lang role tabindex version viewBox preserveAspectRatio transform width height x y x1 y1 x2 y2 cx cy r rx ry
  fx fy fr dx dy rotate textLength lengthAdjust d points pathLength offset method spacing side startOffset
  gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform
  clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient
  filterUnits primitiveUnits in in2 result stdDeviation values type operator mode k1 k2 k3 k4 radius edgeMode tableValues
  slope intercept amplitude exponent media systemLanguage
  alignment-baseline baseline-shift clip-path clip-rule color color-interpolation color-interpolation-filters
  color-rendering cursor direction display dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity
  font font-family font-size font-size-adjust font-stretch font-style font-variant font-weight glyph-orientation-vertical
  image-rendering isolation letter-spacing marker marker-end marker-mid marker-start mask mask-type mix-blend-mode opacity
  overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
  stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering
  transform-origin unicode-bidi vector-effect visibility white-space word-spacing writing-mode`);
const ARIA = /^aria-[a-z]+$/;
const XML_ATTRIBUTES = words('space lang');

interface Element {
  name: string;
  attributes: [name: string, value: string][];
  children: (Element | string)[];
}

/**
 * The rebuilt drawing; throws a `Refusal` when it is none, runs something, or loads from elsewhere.
 *
 * @param reencode re-encodes an embedded picture
 */
export async function rebuildDrawing(
  bytes: Uint8Array,
  reencode: (bytes: Uint8Array) => Promise<{ extension: string; bytes: Uint8Array }>,
): Promise<Uint8Array> {
  if (bytes.length > MAX_DRAWING_BYTES)
    throw new Refusal(`SVG 超过 ${MAX_DRAWING_BYTES / MB} MB；请另存为 PNG 再传`);
  const root = parse(sourceOf(bytes));
  refuseOverpainting(root);
  await reencodePictures(root, reencode);
  return new TextEncoder().encode(`${write(root)}\n`);
}

function sourceOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw notDrawing(error);
  }
}

const notDrawing = (cause?: unknown) =>
  new Refusal('这个 SVG 读不出来；请在画图软件里另存为「普通 SVG」或 PNG 再传', { cause });

function parse(source: string): Element {
  const parser = sax.parser(true, { xmlns: true });
  const outside: Element = { name: '', attributes: [], children: [] };
  const open: Element[] = [outside];
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
      open.push(open.at(-1) as Element);
      return;
    }
    if (!isSvg || !ELEMENTS.has(local) || (open.length === 1 && local !== 'svg')) {
      dropped = 1;
      return;
    }
    const element: Element = { name: local, attributes: allowed(local, attributes), children: [] };
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
  for (const style of all(root, 'style')) refuseLoading(style.children.join(''));
  return root;
}

function refuseRunning(local: string, attributes: QualifiedTag['attributes']): void {
  const hasHandler = Object.values(attributes).some(
    ({ local: name, value }) => /^on/i.test(name) || /^[\s\p{C}]*(?:java|vb)script:/iu.test(value),
  );
  if (hasHandler || RUNS.has(local.toLowerCase()))
    throw new Refusal('这个 SVG 里有脚本，不能上传；请在画图软件里另存为 PNG 再传');
}

function allowed(element: string, attributes: QualifiedTag['attributes']): Element['attributes'] {
  const kept: Element['attributes'] = [];
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

const EMBEDDED = /^data:image\/(?:png|jpe?g|webp|gif|avif);base64,([A-Za-z0-9+/=\s]+)$/;

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

function* walk(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) if (typeof child === 'object') yield* walk(child);
}

const all = (root: Element, name: string): Element[] =>
  [...walk(root)].filter((element) => element.name === name);

/** Throws when following every reference paints too much or never ends. */
function refuseOverpainting(root: Element): void {
  const byId = new Map<string, Element>();
  for (const element of walk(root)) {
    const id = element.attributes.find(([name]) => name === 'id')?.[1];
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
  }
  const known = new Map<Element, number>();
  const painted = (element: Element): number => {
    const before = known.get(element);
    if (before !== undefined) return before;
    // Until it is counted it is endless: a drawing that refers to itself comes back here.
    known.set(element, Number.POSITIVE_INFINITY);
    let sum = 1;
    for (const child of element.children) if (typeof child === 'object') sum += painted(child);
    for (const id of referencesOf(element)) {
      const target = byId.get(id);
      if (target) sum += painted(target);
    }
    known.set(element, sum);
    return sum;
  };
  if (painted(root) > MAX_PAINTED) throw new Refusal('这个 SVG 太复杂，手机打不开；请另存为 PNG 再传');
}

function referencesOf({ attributes }: Element): string[] {
  return attributes.flatMap(([name, value]) => {
    if (name === 'href') return value.startsWith('#') ? [decoded(value.slice(1))] : [];
    return [...value.matchAll(/url\s*\(\s*["']?#([^"')\s]+)/gi)].map(([, id = '']) => decoded(id));
  });
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

async function reencodePictures(
  root: Element,
  reencode: (bytes: Uint8Array) => Promise<{ extension: string; bytes: Uint8Array }>,
): Promise<void> {
  for (const image of all(root, 'image')) {
    const href = image.attributes.find(([name]) => name === 'href');
    const encoded = EMBEDDED.exec(href?.[1] ?? '')?.[1];
    if (!href || encoded === undefined) continue;
    const { extension, bytes } = await reencode(Buffer.from(encoded, 'base64'));
    const type = extension === 'jpg' ? 'jpeg' : extension;
    href[1] = `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
  }
}

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

function write({ name, attributes, children }: Element, isRoot = true): string {
  const start = [isRoot ? `${name} xmlns="${SVG}"` : name];
  for (const [key, value] of attributes) start.push(`${key}="${escapeAttribute(value)}"`);
  const inside = children.map((child) =>
    typeof child === 'string' ? escapeText(child) : write(child, false),
  );
  return inside.length > 0 ? `<${start.join(' ')}>${inside.join('')}</${name}>` : `<${start.join(' ')}/>`;
}
