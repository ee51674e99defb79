import type { Problem } from '../model/problems.ts';
import { sayings } from '../types/sayings.ts';
import type { Corpus } from './corpus.ts';

interface Saying {
  id?: string;
  words?: string[];
  means?: string;
}

const key = (word: unknown): string => String(word).normalize('NFKC').replace(/\s/g, '').toLowerCase();

/**
 * Words that are looked up instead of a saying: they are no sayings that are replaced themselves, so that nothing goes in
 * circles, and they stand somewhere in the content.
 */
export function checkSayings({ files }: Pick<Corpus, 'files'>): Problem[] {
  const list = files.find(({ kind }) => kind === sayings.name);
  if (!list) return [];
  const items = (Array.isArray(list.data.items) ? list.data.items : []) as Saying[];
  const replaced = new Map<string, string>();
  for (const { words = [], means } of items)
    if (means) for (const word of words) replaced.set(key(word), means);
  const texts = files
    .filter((file) => file !== list)
    .map(({ entry, data }) => `${entry.body} ${JSON.stringify(data)}`);

  return items.flatMap(({ means }, index): Problem[] => {
    if (!means) return [];
    const problem = (severity: Problem['severity'], message: string): Problem => ({
      severity,
      file: list.file,
      line: list.entry.lineOf(['items', index, 'means']),
      field: `第 ${index + 1} 项「换成这个词去搜」`,
      message,
    });
    const further = replaced.get(key(means));
    if (further !== undefined)
      return [problem('error', `「${means}」自己也要换成「${further}」；请直接写最后的词，不能换来换去`)];
    if (!texts.some((text) => text.includes(means)))
      return [problem('warning', `全站没有「${means}」这个词，换了也搜不到；请写文章里用的词`)];
    return [];
  });
}
