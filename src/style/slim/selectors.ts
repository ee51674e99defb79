import { isTraversal, parse, type Selector } from 'css-what';

/** What a selector needs of a page to match anything there. */

/** What Astro's compiler marks the elements of one component with, so that its styles reach only them. */
export const SCOPE = 'data-astro-cid-';

/** Part of a selector between two combinators that holds a component's mark: what else an element must be. */
export interface Marked {
  mark: string;
  /** Name of the element; undefined for any. */
  element: string | undefined;
  classes: readonly string[];
}

export interface Demand {
  /** Elements (`a`), classes (`.a`), ids (`#a`) and marks (`[a`) that must all be on the page. */
  all: readonly string[];
  /** Of each list, one demand must be met: the arguments of `:is()` and its kin. */
  oneOf: readonly (readonly Demand[])[];
  marked: readonly Marked[];
}

/** A selector of which nothing is known: it always stays. */
const NOTHING: Demand = { all: [], oneOf: [], marked: [] };

/** Pseudo-classes whose arguments must match something; of `:not()` the opposite holds. */
const POSITIVE = new Set(['is', 'where', 'has', 'matches']);

/** @param selector one selector, without commas outside of brackets */
export function demandOf(selector: string): Demand {
  try {
    const [tokens, ...others] = parse(selector);
    return tokens && others.length === 0 ? demandOfTokens(tokens) : NOTHING;
  } catch {
    // Newer than the parser.
    return NOTHING;
  }
}

function demandOfTokens(tokens: readonly Selector[]): Demand {
  const inner = tokens.flatMap((token) =>
    token.type === 'pseudo' && Array.isArray(token.data)
      ? [{ name: token.name, demands: token.data.map(demandOfTokens) }]
      : [],
  );
  return {
    all: tokens.map(nameOf).filter((name) => name !== undefined),
    oneOf: inner.filter(({ name }) => POSITIVE.has(name)).map(({ demands }) => demands),
    marked: [
      ...compounds(tokens).flatMap(marksOf),
      ...inner.flatMap(({ demands }) => demands.flatMap(({ marked }) => marked)),
    ],
  };
}

/** States and values change while a page is used, so no other attribute is asked for. */
function nameOf(token: Selector): string | undefined {
  if (token.type === 'tag') return token.name.toLowerCase();
  if (token.type !== 'attribute') return undefined;
  if (token.name === 'class' && token.action === 'element') return `.${token.value}`;
  if (token.name === 'id' && token.action === 'equals') return `#${token.value}`;
  return token.name.startsWith(SCOPE) ? `[${token.name}` : undefined;
}

function compounds(tokens: readonly Selector[]): Selector[][] {
  const found: Selector[][] = [[]];
  for (const token of tokens) {
    if (isTraversal(token)) found.push([]);
    else found.at(-1)?.push(token);
  }
  return found;
}

function marksOf(compound: readonly Selector[]): Marked[] {
  const names = compound.map(nameOf).filter((name) => name !== undefined);
  const element = names.find((name) => /^[^.#[]/.test(name));
  const classes = names.filter((name) => name.startsWith('.')).map((name) => name.slice(1));
  return names
    .filter((name) => name.startsWith('['))
    .map((name) => ({ mark: name.slice(1), element, classes }));
}

/** Whether a demand can be met on a page that has these names. */
export const isMet = ({ all, oneOf }: Demand, names: ReadonlySet<string>): boolean =>
  all.every((name) => names.has(name)) && oneOf.every((demands) => demands.some((one) => isMet(one, names)));
