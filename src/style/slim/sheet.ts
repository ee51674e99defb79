import { type ChildNode, type Container, parse } from 'postcss';
import { type Demand, demandOf, isMet, type Marked } from './selectors.ts';

/** A style sheet, taken apart once for all pages that hold it. */

interface Rule {
  selectors: { text: string; demand: Demand }[];
  /** The declarations in their brackets. */
  body: string;
}

interface Group {
  /** `@media print`. */
  condition: string;
  parts: Part[];
}

/** A string stays as it is: `@page`, `@keyframes`. */
type Part = string | Rule | Group;

/** At-rules around rules that may go. */
const CONDITIONS = new Set(['media', 'supports', 'container', 'layer']);

/** Sheets by their text. Those of the templates are a few hundred; the blocks of bodies add combinations. */
const sheets = new Map<string, readonly Part[]>();
const MOST_SHEETS = 2000;

function partsOf(css: string): readonly Part[] {
  const known = sheets.get(css);
  if (known) return known;
  if (sheets.size >= MOST_SHEETS) sheets.clear();
  const parts = partsIn(parse(css));
  sheets.set(css, parts);
  return parts;
}

const partsIn = (container: Container): Part[] => (container.nodes ?? []).map(partOf);

function partOf(node: ChildNode): Part {
  const text = node.toString();
  if (node.type === 'rule') {
    const selectors = node.selectors.map((one) => ({ text: one, demand: demandOf(one) }));
    return { selectors, body: text.slice(node.selector.length) };
  }
  if (node.type === 'atrule' && node.nodes && CONDITIONS.has(node.name))
    return { condition: text.slice(0, text.indexOf('{')), parts: partsIn(node) };
  return node.type === 'atrule' && !node.nodes ? `${text};` : text;
}

/**
 * The rules that can match something on a page with these names, in their order.
 *
 * @param names see `Demand`; undefined for all rules
 * @param reached gets the parts with marks of the rules that are left, by the mark
 */
export function usedOf(
  css: string,
  names: ReadonlySet<string> | undefined,
  reached: Map<string, Marked[]>,
): string {
  const write = (parts: readonly Part[]): string => parts.map(writePart).join('');
  const writePart = (part: Part): string => {
    if (typeof part === 'string') return part;
    if ('condition' in part) {
      const inner = write(part.parts);
      return inner && `${part.condition}{${inner}}`;
    }
    const used = part.selectors.filter(({ demand }) => names === undefined || isMet(demand, names));
    for (const { demand } of used)
      for (const one of demand.marked) {
        const known = reached.get(one.mark);
        if (known) known.push(one);
        else reached.set(one.mark, [one]);
      }
    return used.length > 0 ? used.map(({ text }) => text).join(',') + part.body : '';
  };
  return write(partsOf(css));
}
