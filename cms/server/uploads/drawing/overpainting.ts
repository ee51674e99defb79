import { Refusal } from '../refusal.ts';
import { type SvgElement, walk } from './element.ts';

/** Shapes to be painted once `<use>`, patterns and masks are followed: nested references stall a phone. */
const MAX_PAINTED = 200_000;

/** Throws when following every reference paints too much or never ends. */
export function refuseOverpainting(root: SvgElement): void {
  const byId = new Map<string, SvgElement>();
  for (const element of walk(root)) {
    const id = element.attributes.find(([name]) => name === 'id')?.[1];
    if (id !== undefined && !byId.has(id)) byId.set(id, element);
  }
  const counted = new Map<SvgElement, number>();
  const painted = (element: SvgElement): number => {
    const before = counted.get(element);
    if (before !== undefined) return before;
    // Until it is counted it is endless: a drawing that refers to itself comes back here.
    counted.set(element, Number.POSITIVE_INFINITY);
    let sum = 1;
    for (const child of element.children) if (typeof child === 'object') sum += painted(child);
    for (const id of referencesOf(element)) {
      const target = byId.get(id);
      if (target) sum += painted(target);
    }
    counted.set(element, sum);
    return sum;
  };
  if (painted(root) > MAX_PAINTED) throw new Refusal('这个 SVG 太复杂，手机打不开；请另存为 PNG 再传');
}

function referencesOf({ attributes }: SvgElement): string[] {
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
