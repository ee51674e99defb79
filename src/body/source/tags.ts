/** Reading one JSX or HTML tag at a place in the text, in linear time and without judging it. */

export interface Attribute {
  name: string;
  /** Literal text; undefined when the value is an expression that could run, or a spread. */
  value: string | undefined;
}

export interface Tag {
  start: number;
  /** Offset after `>`. */
  end: number;
  name: string;
  kind: 'open' | 'close' | 'void';
  attributes: Attribute[];
}

/** No tag that people write is longer; bounds the work for each `<`. */
const MAX_TAG_LENGTH = 6000;

const NAME_START = /[A-Za-z]/;
const NAME = /[\w.:-]/;
const SPACE = /\s/;

/** The tag that begins with the `<` at `start`, or undefined when it is not one. */
export function readTag(text: string, start: number): Tag | undefined {
  const limit = Math.min(text.length, start + MAX_TAG_LENGTH);
  let at = start + 1;
  const closing = text[at] === '/';
  if (closing) at++;
  if (!NAME_START.test(text[at] ?? '')) return undefined;

  const word = () => {
    const from = at;
    while (at < limit && NAME.test(text[at] as string)) at++;
    return text.slice(from, at);
  };
  const space = () => {
    const from = at;
    while (at < limit && SPACE.test(text[at] as string)) at++;
    return at > from;
  };

  const name = word();
  const attributes: Attribute[] = [];
  while (at < limit) {
    const spaced = space();
    if (text[at] === '>') return finish(closing ? 'close' : 'open', 1);
    if (text[at] === '/' && text[at + 1] === '>' && !closing) return finish('void', 2);
    if (closing || !spaced) return undefined;
    if (text[at] === '{') {
      const value = braces();
      if (value === undefined) return undefined;
      attributes.push({ name: '{…}', value: undefined });
      continue;
    }
    if (!NAME_START.test(text[at] ?? '')) return undefined;
    const attribute = word();
    const afterName = at;
    space();
    if (text[at] !== '=') {
      at = afterName;
      attributes.push({ name: attribute, value: '' });
      continue;
    }
    at++;
    space();
    const value = attributeValue();
    if (value === null) return undefined;
    attributes.push({ name: attribute, value });
  }
  return undefined;

  function finish(kind: Tag['kind'], length: number): Tag {
    return { start, end: at + length, name, kind, attributes };
  }

  /** Null when it is no value at all; undefined when it is an expression that is no literal. */
  function attributeValue(): string | undefined | null {
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      const close = text.indexOf(quote, at + 1);
      if (close < 0 || close >= limit) return null;
      const value = text.slice(at + 1, close);
      if (/\n\s*\n/.test(value)) return null;
      at = close + 1;
      return decodeReferences(value).replace(/\s*\n\s*/g, ' ');
    }
    if (quote === '{') {
      const inner = braces();
      return inner === undefined ? null : literalOf(inner.trim());
    }
    const from = at;
    while (at < limit && !/[\s"'<>={}`]/.test(text[at] as string)) at++;
    if (at > from && text[at - 1] === '/' && text[at] === '>') at--;
    return at > from ? decodeReferences(text.slice(from, at)) : null;
  }

  /** Text between balanced braces, moving past them; undefined when they do not close. */
  function braces(): string | undefined {
    const from = at + 1;
    let depth = 0;
    for (; at < limit; at++) {
      if (text[at] === '{') depth++;
      if (text[at] === '}' && --depth === 0) return text.slice(from, at++);
    }
    return undefined;
  }
}

/** The value of `3`, `true` or a plain quoted string; undefined for anything that would have to run. */
function literalOf(expression: string): string | undefined {
  if (/^-?\d+(\.\d+)?$/.test(expression) || expression === 'true' || expression === 'false')
    return expression;
  const quoted = /^"([^"\\\n]*)"$/.exec(expression) ?? /^'([^'\\\n]*)'$/.exec(expression);
  return quoted?.[1];
}

const NAMED: Record<string, string> = { quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", nbsp: '\u00a0' };

/** Decodes the character references that can stand in an attribute. */
function decodeReferences(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(quot|amp|lt|gt|apos|nbsp));/gi,
    (whole, decimal, hex, name) => {
      if (name) return NAMED[name.toLowerCase()] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 31 && code < 0x110000 && !(code >= 0xd800 && code < 0xe000)
        ? String.fromCodePoint(code)
        : whole;
    },
  );
}

/** Writes a tag with literal attributes only. */
export function writeTag(tag: Tag): string {
  if (tag.kind === 'close') return `</${tag.name}>`;
  const attributes = tag.attributes.map(({ name, value }) => ` ${name}="${encodeReferences(value ?? '')}"`);
  return `<${tag.name}${attributes.join('')}${tag.kind === 'void' ? ' />' : '>'}`;
}

const encodeReferences = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('\u00a0', '&#160;');
