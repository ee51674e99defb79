import { articles } from '../types/articles.ts';
import { bases } from '../types/bases.ts';
import { addDays, daysBetween } from '../calendar/days.ts';
import { today } from '../calendar/today.ts';
import { caravan } from '../types/caravan.ts';
import { documents } from '../types/documents.ts';
import { events } from '../types/events.ts';
import { NEWS_KINDS, news } from '../types/news.ts';
import { defaultSettings } from '../types/site-settings.ts';
import { type HOME_BLOCKS, settings } from '../types/site.ts';
import type { Problem } from '../model/problems.ts';
import type { CheckedFile, Corpus } from './corpus.ts';

/** After how long without anything new inspections of government sites object (国办秘函〔2019〕19号). */
const TWO_WEEKS = { days: 14, words: '2 周' };
const SIX_MONTHS = { days: 183, words: '6 个月' };

/** Kinds of content that make a block of the home page new; the year's figures count for nothing. */
const SHOWN_AT_HOME: Record<keyof typeof HOME_BLOCKS, string | undefined> = {
  caravan: caravan.name,
  events: events.name,
  featured: articles.name,
  season: articles.name,
  rumours: articles.name,
  bases: bases.name,
  figures: undefined,
  news: news.name,
};

type Files = Pick<Corpus, 'files'>;

/** A part of the site that must not stand still: its name, its limit, and what belongs to it. */
interface Column {
  label: string;
  limit: { days: number; words: string };
  entries: (files: readonly CheckedFile[]) => CheckedFile[];
}

const newsColumn = (kind: keyof typeof NEWS_KINDS, limit: Column['limit']): Column => ({
  label: NEWS_KINDS[kind],
  limit,
  entries: (files) => files.filter((file) => file.kind === news.name && file.data.kind === kind),
});

const COLUMNS: readonly Column[] = [
  {
    label: '首页',
    limit: TWO_WEEKS,
    entries(files) {
      const chosen = files.find(({ kind }) => kind === settings.name)?.data.home ?? defaultSettings.home;
      const kinds = new Set((chosen as (keyof typeof HOME_BLOCKS)[]).map((block) => SHOWN_AT_HOME[block]));
      return files.filter(({ kind }) => kinds.has(kind));
    },
  },
  newsColumn('news', TWO_WEEKS),
  newsColumn('notice', SIX_MONTHS),
  {
    label: documents.label,
    limit: SIX_MONTHS,
    entries: (files) => files.filter(({ kind }) => kind === documents.name),
  },
];

/** How long ago a column had something new. */
export interface Clock {
  /** 栏目名，如「动态」。 */
  label: string;
  /** How long it may stand still, in words: 「2 周」. */
  limit: string;
  limitDays: number;
  /** What was published last. */
  newest: { file: string; title: string; published: string };
  /** Days until the limit; negative: so many days over it. */
  daysLeft: number;
}

/** The clock of every column that has something; an empty column is not shown on the site and so not stale. */
export function clocksOf({ files }: Files, now = today()): Clock[] {
  return COLUMNS.flatMap(({ label, limit, entries }) => {
    const newest = newestOf(entries(files), now);
    if (!newest) return [];
    const daysLeft = daysBetween(now, addDays(newest.published, limit.days));
    return { label, limit: limit.words, limitDays: limit.days, newest, daysLeft };
  });
}

/** What was published last; a day that is still to come makes nothing new today. */
function newestOf(entries: readonly CheckedFile[], now: string): Clock['newest'] | undefined {
  const dated = entries.map(({ file, slug, data }) => ({
    file,
    title: String(data.title ?? data.name ?? slug),
    published: String(data.published),
  }));
  return dated
    .filter(({ published }) => published <= now)
    .sort((a, b) => b.published.localeCompare(a.published) || a.file.localeCompare(b.file))[0];
}

/** Columns over their limit. */
export function checkColumns(corpus: Files, now = today()): Problem[] {
  return clocksOf(corpus, now)
    .filter(({ daysLeft }) => daysLeft < 0)
    .map(({ label, limitDays, newest }) => ({
      severity: 'warning',
      file: newest.file,
      message: `「${label}」最近一条是 ${newest.published}，超过 ${limitDays} 天没有更新，请写一条新的`,
    }));
}
