import type { z } from 'zod';
import { ARTICLE_KINDS, type articles, topics } from '../../types/articles.ts';
import { entries, itemsOf } from '../../queries/index.ts';
import { once } from '../../runtime/current.ts';
import { schoolAddress, schools } from '../../types/caravan.ts';
import { pages } from '../../types/site.ts';
import { organisations, townships } from '../../types/townships.ts';
import { type TypeName, types } from '../../types/index.ts';
import { manualPages } from '../indexing/manual.ts';
import { sectionPages } from '../indexing/section-pages.ts';
import { emergencyText } from '../indexing/urgent.ts';
import { readingsOf } from '../indexing/tables.ts';
import { titleChars } from '../title-row.ts';

/** A line of the directory that serves where search cannot. */
interface Listed {
  title: string;
  address: string;
  kind: string;
  /** `A` to `Z`, or `OTHER_INITIAL`. */
  initial: string;
  topic?: string | undefined;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Where titles that begin with no letter and no Chinese character stand. */
const OTHER_INITIAL = '#';

/** Every page that a search can find, by pinyin. */
const everyPage = once(list);

async function list(): Promise<Listed[]> {
  const topicOf = new Map(itemsOf(topics).map(({ id, name }) => [id, name]));
  const found = await Promise.all(
    types.map(async (type) => {
      if (!type.address) return [];
      const { name, label, address } = type;
      return (await entries(name as TypeName)).map(({ id, data }): Listed => {
        const article = name === 'articles' ? (data as z.output<typeof articles.schema>) : undefined;
        const kind = article ? ARTICLE_KINDS[article.kind] : label;
        const topic = article && topicOf.get(article.topic);
        return { title: data.title, address: address(id), kind, initial: initialOf(data.title), topic };
      });
    }),
  );
  const listed = [
    ...itemsOf(schools).map((item) => ({ ...item, list: schools })),
    ...itemsOf(townships).map((item) => ({ ...item, list: townships })),
    ...itemsOf(organisations).map((item) => ({ ...item, list: organisations })),
  ].map(({ id, name, list: { name: folder, label } }): Listed => ({
    title: name,
    address: folder === schools.name ? schoolAddress(id) : `/${folder}/${id}/`,
    kind: label,
    initial: initialOf(name),
  }));
  const manual = [emergencyText(), ...sectionPages(), ...manualPages()].map(({ title, address }): Listed => ({
    title,
    address,
    kind: pages.label,
    initial: initialOf(title),
  }));
  const order = new Intl.Collator('zh-u-co-pinyin');
  return [...found.flat(), ...manual, ...listed].sort((a, b) => order.compare(a.title, b.title));
}

/** So many characters tell how the first one is read (重庆, 重量). */
const READ_TOGETHER = 4;

function initialOf(title: string): string {
  const chars = titleChars(title).slice(0, READ_TOGETHER);
  const letter = (readingsOf(chars)[0] ?? chars[0] ?? '').charAt(0).toUpperCase();
  return /^[A-Z]$/.test(letter) ? letter : OTHER_INITIAL;
}

/** Lines under a heading. */
export interface Group {
  label: string;
  /** Anchor on the page of all titles, or name of its own page on a large site. */
  id: string;
  /** Site address, without the base path. */
  address: string;
  items: Listed[];
}

export interface Directory {
  /** By first letter of their pinyin; letters without lines are left out, `#` comes last. */
  initials: Group[];
  /** Articles by topic, in the editors' order. */
  topics: Group[];
  /** Whether there are too many lines for one page, so that each group has its own. */
  split: boolean;
}

/** The most lines on one page: some 60 kB compressed. */
const MAX_ON_ONE_PAGE = 800;

/** The directory, grouped. */
export async function directory(): Promise<Directory> {
  const lines = await everyPage();
  const split = lines.length > MAX_ON_ONE_PAGE;
  const group = (label: string, id: string, items: Listed[]): Group[] => {
    const address = split ? `/search/titles/${id}/` : `/search/titles/#${id}`;
    return items.length > 0 ? [{ label, id, address, items }] : [];
  };
  return {
    split,
    initials: [...LETTERS, OTHER_INITIAL].flatMap((label) =>
      group(
        label,
        label === OTHER_INITIAL ? 'letter-other' : `letter-${label.toLowerCase()}`,
        lines.filter(({ initial }) => initial === label),
      ),
    ),
    topics: itemsOf(topics).flatMap(({ id, name }) =>
      group(
        name,
        `topic-${id}`,
        lines.filter(({ topic }) => topic === name),
      ),
    ),
  };
}
