import type { z } from 'zod';
import { metaOf, shapeOf } from '../../src/model/schema.ts';
import { townships } from '../../src/types/townships.ts';
import { slugify } from '../documents/slug.ts';

/** A pasted list of townships. */

export type Township = z.output<typeof townships.item>;

/** What was understood, and one Chinese sentence for each line that was not. */
export interface Pasted<Item> {
  items: Item[];
  problems: string[];
}

/** How names of each kind end, longest first. */
const ENDINGS: readonly [RegExp, Township['kind']][] = [
  [/街道(?:办事处|办)?$/, 'subdistrict'],
  [/镇$/, 'town'],
  [/乡$/, 'township'],
];

/** An identifier that the others do not have. */
export function freshId(name: string, taken: ReadonlySet<string>): string {
  const wanted = slugify(name) || 'item';
  let id = wanted;
  for (let count = 2; taken.has(id); count++) id = `${wanted}-${count}`;
  return id;
}

/** The names in a text: one a line, or with 、 ， ； tabs or spaces between them. */
const namesIn = (text: string): string[] => [
  ...new Set(
    text
      .normalize('NFKC')
      .split(/[\s、,;。]+/)
      .map((name) => name.replace(/^\d+[.)]?/, '').replace(/(街道)(?:办事处|办)$/, '$1'))
      .filter(Boolean),
  ),
];

/**
 * Townships of a pasted text beside those that are listed already, which stay as they are.
 *
 * @param text names with their endings: 青禾镇、桃河乡、城关街道
 */
export function readTownships(text: string, listed: readonly Township[]): Pasted<Township> {
  const { max = 20 } = metaOf(shapeOf(townships.item).name as z.ZodType) ?? {};
  const known = new Set(listed.map(({ name }) => name));
  const ids = new Set(listed.map(({ id }) => id));
  const items = [...listed];
  const problems: string[] = [];
  for (const name of namesIn(text)) {
    if (known.has(name)) continue;
    const kind = ENDINGS.find(([ending]) => ending.test(name))?.[1];
    if (!kind) problems.push(`「${name}」：名称要以镇、乡或街道结尾`);
    else if ([...name].length > max) problems.push(`「${name}」：超过 ${max} 个字`);
    else {
      const id = freshId(name, ids);
      ids.add(id);
      items.push({ id, name, kind, outline: [], roads: [] });
    }
  }
  return { items, problems };
}
