import type { Piece } from './excerpt.ts';
import { FACETS, FACET_NAMES, type FacetCount, type FacetName } from '../facets.ts';
import { TIERS, type Tier } from './answer.ts';

/** Building the page's elements; text goes in as text, never as HTML. */

type Child = Node | string;

/** An element with attributes and children. `replaceChildren` and friends are newer than the browsers served. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const key of Object.keys(attributes)) made.setAttribute(key, attributes[key] as string);
  made.append(...children);
  return made;
}

export function fill(parent: Element, ...children: Child[]): void {
  parent.textContent = '';
  parent.append(...children);
}

/** Text with its hits in `<mark>`. */
export const marked = (pieces: readonly Piece[]): Child[] =>
  pieces.map(({ text, hit }) => (hit ? element('mark', {}, text) : text));

/** A result ready to be shown. */
export interface Shown {
  readonly tier: Tier;
  readonly address: string;
  readonly kind: string;
  readonly title: readonly Piece[];
  readonly excerpt: readonly Piece[];
}

/** Results under a heading for each tier. */
export function resultSections(results: readonly Shown[]): HTMLElement[] {
  return (Object.keys(TIERS) as Tier[]).reduce<HTMLElement[]>((sections, tier) => {
    const items = results.filter((result) => result.tier === tier).map(resultItem);
    if (items.length > 0)
      sections.push(
        element(
          'section',
          { class: 'tier' },
          element('h2', {}, TIERS[tier]),
          element('ol', { role: 'list' }, ...items),
        ),
      );
    return sections;
  }, []);
}

function resultItem({ address, kind, title, excerpt }: Shown): HTMLElement {
  const item = element(
    'li',
    {},
    element(
      'h3',
      {},
      element('a', { href: address }, ...marked(title)),
      ' ',
      element('span', { class: 'kind' }, kind),
    ),
  );
  if (excerpt.length > 0) item.append(element('p', {}, ...marked(excerpt)));
  return item;
}

/** A group of check boxes for each facet that tells results apart. */
export function facetGroups(counts: Readonly<Record<FacetName, readonly FacetCount[]>>): HTMLElement[] {
  return FACET_NAMES.filter(
    (name) => counts[name].length > 1 || counts[name].some(({ chosen }) => chosen),
  ).map((name) =>
    element(
      'fieldset',
      {},
      element('legend', {}, FACETS[name]),
      ...counts[name].map(({ value, count, chosen }) => {
        const box = element('input', { type: 'checkbox', name, value, form: 'search-form' });
        box.checked = chosen;
        return element(
          'label',
          {},
          box,
          element('span', {}, `${value} `, element('small', {}, String(count))),
        );
      }),
    ),
  );
}
