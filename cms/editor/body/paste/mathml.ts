import { texBase, texText, texToken } from './tex.ts';

/** MathML as TeX, https://www.w3.org/TR/mathml-core/. */

const childrenOf = (element: Element) => [...element.children];
const all = (element: Element): string => joined(childrenOf(element).map(toTex));

/** Undefined in place of one that holds an element which is not known. */
type Tex = string | undefined;

/** TeX of a `<math>` element; undefined when something in it has no equivalent here. */
export function mathToTex(math: Element): Tex {
  try {
    const tex = all(math).trim();
    return tex === '' ? undefined : tex;
  } catch (error) {
    if (error instanceof UnknownElement) return undefined;
    throw error;
  }
}

class UnknownElement extends Error {}

/** A command that ends with a letter needs a space before the next letter. */
const joined = (parts: readonly string[]) =>
  parts.reduce(
    (tex, part) => (/\\[A-Za-z]+$/.test(tex) && /^[A-Za-z]/.test(part) ? `${tex} ${part}` : tex + part),
    '',
  );

const group = (tex: string) => `{${tex}}`;

function toTex(element: Element): string {
  const name = element.localName.toLowerCase().replace(/^m:/, '');
  const parts = childrenOf(element);
  const part = (index: number) => (parts[index] ? toTex(parts[index]) : '');
  const text = (element.textContent ?? '').trim();
  switch (name) {
    case 'mi':
      return [...text].length > 1 ? identifier(text) : texToken(text);
    case 'mn':
    case 'mo':
      return texToken(text);
    case 'mtext':
    case 'ms':
      return text === '' ? '' : texText(text);
    case 'mspace':
      return ' ';
    case 'mrow':
    case 'mstyle':
    case 'mpadded':
    case 'menclose':
    case 'merror':
      return all(element);
    case 'mphantom':
    case 'annotation':
    case 'annotation-xml':
    case 'none':
    case 'mprescripts':
      return '';
    case 'semantics':
      return part(0);
    case 'mfrac':
      return `\\frac${group(part(0))}${group(part(1))}`;
    case 'msqrt':
      return `\\sqrt${group(all(element))}`;
    case 'mroot':
      return `\\sqrt[${part(1)}]${group(part(0))}`;
    case 'msup':
      return `${texBase(part(0))}^${group(part(1))}`;
    case 'msub':
      return `${texBase(part(0))}_${group(part(1))}`;
    case 'msubsup':
    case 'munderover':
      return `${texBase(part(0))}_${group(part(1))}^${group(part(2))}`;
    case 'mover':
      return over(part(0), part(1));
    case 'munder':
      return /^\\(?:sum|prod|int|lim|max|min)/.test(part(0))
        ? `${part(0)}_${group(part(1))}`
        : `\\underset${group(part(1))}${group(part(0))}`;
    case 'mfenced':
      return fenced(element, parts.map(toTex));
    case 'mtable':
      return `\\begin{matrix}${parts.map(toTex).join('\\\\')}\\end{matrix}`;
    case 'mtr':
    case 'mlabeledtr':
      return parts.map(toTex).join('&');
    case 'mtd':
      return all(element);
    default:
      throw new UnknownElement(name);
  }
}

const FUNCTIONS = /^(?:sin|cos|tan|cot|sec|csc|log|ln|lg|lim|max|min|exp|arcsin|arccos|arctan)$/;

const identifier = (text: string) => (FUNCTIONS.test(text) ? `\\${text}` : texText(text, 'mathrm'));

const ACCENTS: Record<string, string> = {
  '¯': 'overline',
  '‾': 'overline',
  '^': 'hat',
  '→': 'vec',
  '⃗': 'vec',
  '˙': 'dot',
  '~': 'tilde',
  '⏞': 'overbrace',
};

function over(below: string, above: string): string {
  const accent = ACCENTS[above.replace(/^\\([~^])$/, '$1').trim()] ?? (above === '\\bar' ? 'bar' : undefined);
  return accent ? `\\${accent}${group(below)}` : `\\overset${group(above)}${group(below)}`;
}

function fenced(element: Element, parts: readonly string[]): string {
  const separator = element.getAttribute('separators') ?? ',';
  const open = texToken(element.getAttribute('open') ?? '(');
  const close = texToken(element.getAttribute('close') ?? ')');
  return `${open}${parts.join(texToken(separator.trim().charAt(0)))}${close}`;
}
