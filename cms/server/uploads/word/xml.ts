import { DOMParser } from 'linkedom';

/** The parts of a Word file as trees. https://ecma-international.org/publications-and-standards/standards/ecma-376/ */

export type XmlNode = Element;

/** A part as a tree; undefined when the file has none. */
export const parseXml = (text: string | undefined): Document | undefined =>
  text === undefined ? undefined : (new DOMParser().parseFromString(text, 'text/xml') as unknown as Document);

/** Every element of a name, in the order of the text. */
export const all = (parent: Document | XmlNode, name: string): XmlNode[] => [
  ...(parent.getElementsByTagName(name) as unknown as Iterable<XmlNode>),
];

export const childNamed = (parent: XmlNode | undefined, name: string): XmlNode | undefined =>
  parent && ([...parent.children].find(({ tagName }) => tagName === name) as XmlNode | undefined);

/** The attribute `w:val` of a child, e.g. of `<w:jc w:val="center"/>`. */
export const settingOf = (parent: XmlNode | undefined, name: string): string | undefined =>
  childNamed(parent, name)?.getAttribute('w:val') ?? undefined;

/** Whether a switch such as `<w:b/>` is on. */
export function isOn(properties: XmlNode | undefined, name: string): boolean {
  const found = childNamed(properties, name);
  return found !== undefined && !['0', 'false', 'off', 'none'].includes(found.getAttribute('w:val') ?? '');
}

/** The text of an element, as it is read. */
export const textOf = (element: XmlNode): string =>
  all(element, 'w:t')
    .map(({ textContent }) => textContent ?? '')
    .join('');
