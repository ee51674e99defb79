import { texBase, texText, texToken } from './tex.ts';

/** Office Math (ECMA-376, part 1, 22.1), in which Word keeps formulas, as TeX. */

const group = (tex: string) => `{${tex}}`;

/** TeX of the formulas in Word's XML; undefined when there is none or something in it has no equivalent here. */
export function officeMathToTex(xml: string): string | undefined {
  // Word's HTML names no namespace and leaves attributes without quotes: HTML parsers read it, XML parsers do not.
  const html = xml.replace(/<(m:\w+)([^<>]*)\/>/g, '<$1$2></$1>');
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const formulas = [...body.querySelectorAll('*')].filter(({ localName }) => localName === 'm:omath');
  const texts = formulas.map((formula) => all(formula));
  const tex = texts.join(' ').trim();
  return tex === '' || tex.includes(UNKNOWN) ? undefined : tex;
}

/** A private-use character in place of what is not known. */
const UNKNOWN = '\uf8ff';

const all = (element: Element): string => [...element.childNodes].map(toTex).join('');

const inside = (element: Element, name: string): string => {
  const found = [...element.children].find(({ localName }) => localName === `m:${name}`);
  return found ? all(found) : '';
};

/** The character that a property element such as `<m:chr m:val="∑"/>` names. */
const characterOf = (element: Element, name: string): string | undefined =>
  [...element.querySelectorAll('*')]
    .find(({ localName }) => localName === `m:${name}`)
    ?.getAttribute('m:val') ?? undefined;

function toTex(node: Node): string {
  if (node.nodeType === Node.TEXT_NODE) return runText(node.textContent ?? '');
  if (node.nodeType !== Node.ELEMENT_NODE) return '';
  const element = node as Element;
  const { localName } = element;
  if (!localName.startsWith('m:')) return all(element);
  switch (localName.slice(2)) {
    case 'f':
      return `\\frac${group(inside(element, 'num'))}${group(inside(element, 'den'))}`;
    case 'ssup':
      return `${texBase(inside(element, 'e'))}^${group(inside(element, 'sup'))}`;
    case 'ssub':
      return `${texBase(inside(element, 'e'))}_${group(inside(element, 'sub'))}`;
    case 'ssubsup':
      return `${texBase(inside(element, 'e'))}_${group(inside(element, 'sub'))}^${group(inside(element, 'sup'))}`;
    case 'rad': {
      const degree = inside(element, 'deg').trim();
      return `\\sqrt${degree ? `[${degree}]` : ''}${group(inside(element, 'e'))}`;
    }
    case 'd':
      return `${texToken(characterOf(element, 'begchr') ?? '(')}${inside(element, 'e')}${texToken(characterOf(element, 'endchr') ?? ')')}`;
    case 'nary':
      return `${texToken(characterOf(element, 'chr') ?? '∫')}_${group(inside(element, 'sub'))}^${group(inside(element, 'sup'))}${inside(element, 'e')}`;
    case 'bar':
      return `\\overline${group(inside(element, 'e'))}`;
    case 'func':
      return `${inside(element, 'fname')}${group(inside(element, 'e'))}`;
    case 'r':
    case 't':
    case 'e':
    case 'fname':
    case 'box':
      return all(element);
    default:
      return /pr$/.test(localName) ? '' : UNKNOWN;
  }
}

const runText = (text: string) => {
  const run = text.replace(/\s+/g, ' ');
  return /[A-Za-z]{3,}/.test(run) ? texText(run) : run.trim() === '' ? '' : texToken(run);
};
