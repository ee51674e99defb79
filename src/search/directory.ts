import type { CollectionKey } from 'astro:content';
import type { z } from 'zod';
import { ARTICLE_KINDS, type articles, topics } from '../articles/type.ts';
import { entries, itemsOf } from '../loader/read.ts';
import { pages } from '../site/type.ts';
import { townships } from '../townships/type.ts';
import { types } from '../types.ts';
import { manualPages } from './manual.ts';
import { readingsOf } from './tables.ts';
import { titleChars } from './title.ts';

/** A line of the directory that serves where search cannot. */
export interface Listed {
  title: string;
  address: string;
  kind: string;
  /** `A` to `Z`, or `OTHER_INITIAL`. */
  initial: string;
  topic?: string | undefined;
}

/** Where titles that begin with no letter and no Chinese character stand. */
const OTHER_INITIAL = '#';

let listed: Promise<Listed[]> | undefined;

/** Every page that a search can find, by pinyin. */
export function directory(): Promise<Listed[]> {
  if (!listed || !import.meta.env.PROD) listed = list();
  return listed;
}

async function list(): Promise<Listed[]> {
  const topicOf = new Map(itemsOf(topics).map(({ id, name }) => [id, name]));
  const found = await Promise.all(
    types.map(async (type) => {
      if (!type.address) return [];
      const { name, label, address } = type;
      return (await entries(name as CollectionKey)).map(({ id, data }): Listed => {
        const article = name === 'articles' ? (data as z.output<typeof articles.schema>) : undefined;
        const kind = article ? ARTICLE_KINDS[article.kind] : label;
        const topic = article && topicOf.get(article.topic);
        return { title: data.title, address: address(id), kind, initial: initialOf(data.title), topic };
      });
    }),
  );
  const places = itemsOf(townships).map(({ id, name }): Listed => ({
    title: name,
    address: `/townships/${id}/`,
    kind: townships.label,
    initial: initialOf(name),
  }));
  const manual = manualPages().map(({ title, address }): Listed => ({
    title,
    address,
    kind: pages.label,
    initial: initialOf(title),
  }));
  const order = new Intl.Collator('zh-u-co-pinyin');
  return [...found.flat(), ...manual, ...places].sort((a, b) => order.compare(a.title, b.title));
}

function initialOf(title: string): string {
  const chars = titleChars(title);
  const letter = (readingsOf(chars)[0] ?? chars[0] ?? '').charAt(0).toUpperCase();
  return /^[A-Z]$/.test(letter) ? letter : OTHER_INITIAL;
}

/** Lines under a heading, with an id for links. */
export interface Group {
  label: string;
  id: string;
  items: Listed[];
}

/** Lines by first letter of their pinyin; letters without lines are left out, `#` comes last. */
export const byInitial = (lines: readonly Listed[]): Group[] =>
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', OTHER_INITIAL]
    .map((label) => ({
      label,
      id: label === OTHER_INITIAL ? 'letter-other' : `letter-${label.toLowerCase()}`,
      items: lines.filter(({ initial }) => initial === label),
    }))
    .filter(({ items }) => items.length > 0);

/** Articles by topic, in the editors' order. */
export const byTopic = (lines: readonly Listed[]): Group[] =>
  itemsOf(topics)
    .map(({ id, name }) => ({
      label: name,
      id: `topic-${id}`,
      items: lines.filter(({ topic }) => topic === name),
    }))
    .filter(({ items }) => items.length > 0);
