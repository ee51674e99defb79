/** A drawing as a tree. */
export interface SvgElement {
  name: string;
  attributes: [name: string, value: string][];
  children: (SvgElement | string)[];
}

/** An element and all elements in it. */
export function* walk(element: SvgElement): Generator<SvgElement> {
  yield element;
  for (const child of element.children) if (typeof child === 'object') yield* walk(child);
}

/** The elements of a name. */
export const elementsNamed = (root: SvgElement, name: string): SvgElement[] =>
  [...walk(root)].filter((element) => element.name === name);
