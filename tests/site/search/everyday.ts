import { readFileSync } from 'node:fs';

/** What people of the county type, written down by hand in `tests/fixtures/everyday-searches.txt`. */

export interface Everyday {
  query: string;
  /** Addresses, each of which is an answer; none where nothing is to be found. */
  answers: string[];
}

/** The clock that its days are meant by. */
export const EVERYDAY_NOW = '2026-11-24T09:00:00+08:00';

const addressOf = (name: string) =>
  name.includes('/') ? `/${name.replace(/^\/|\/$/g, '')}/` : `/articles/${name}/`;

/** The queries by kind. */
export function everydayQueries(): Map<string, Everyday[]> {
  const kinds = new Map<string, Everyday[]>();
  const sections = readFileSync('tests/fixtures/everyday-searches.txt', 'utf8').split(/^## /m).slice(1);
  for (const section of sections) {
    const [kind = '', ...lines] = section.trim().split('\n');
    const queries = lines
      .filter((line) => line)
      .map((line) => {
        const [query = '', answers = ''] = line.split(' > ');
        return { query, answers: answers.split(' ').filter(Boolean).map(addressOf) };
      });
    kinds.set(kind, queries);
  }
  return kinds;
}
