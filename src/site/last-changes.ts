import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withZone } from '../calendar/clock.ts';
import { type Dated, hasExactDay } from '../calendar/precision.ts';
import { weekOf } from '../calendar/week.ts';
import { parseDocument } from '../model/document.ts';
import type { Content } from '../store/index.ts';
import { articles } from '../types/articles.ts';
import { types } from '../types/index.ts';
import { organisations } from '../types/townships.ts';

/**
 * When the pages of the site last changed, for the site map: taken from the days that the entries record, never from the
 * build. A page of an entry changed with it, a list with the newest of what it lists.
 */

type Data = Record<string, unknown>;

/** The last day (`YYYY-MM-DD`) or moment (`YYYY-MM-DDTHH:mm`) on which an entry changed; undefined where none is on record. */
export function lastChangeOf(data: Data): string | undefined {
  const days = (list: unknown, field: string) =>
    (Array.isArray(list) ? (list as Data[]) : []).map((item) => item[field]);
  // Of what was filed later the day of publication is not known; an event's note on dates is about its start.
  const isFiledLater = !('start' in data) && !hasExactDay(data as Dated);
  const recorded = [
    isFiledLater ? undefined : data.published,
    data.updated,
    data.reviewed,
    data.changedOn,
    ...days(data.changes, 'on'),
    ...days(data.corrections, 'date'),
    ...days(data.refreshes, 'date'),
  ];
  return latest(recorded.filter((moment) => typeof moment === 'string'));
}

const latest = (moments: readonly string[]): string | undefined => [...moments].sort().at(-1);

/** By what a list can have chosen an entry: its values, and the year, month and week of its day. */
function* traitsOf(data: Data): Generator<string> {
  for (const value of Object.values(data).flat())
    if (typeof value === 'string' && value.length <= LONGEST_TRAIT) yield value;
  const day = data.start ?? data.published;
  if (typeof day !== 'string') return;
  yield day.slice(0, 4);
  yield day.slice(0, 7);
  yield weekOf(day);
}
const LONGEST_TRAIT = 60;

/** The last changes of entries with a trait. */
class Changes {
  readonly #byTrait = new Map<string, string>();
  all: string | undefined;

  add(traits: Iterable<string>, changed: string): void {
    this.all = latest([this.all ?? '', changed]);
    for (const trait of traits)
      if ((this.#byTrait.get(trait) ?? '') < changed) this.#byTrait.set(trait, changed);
  }

  of(trait: string): string | undefined {
    return this.#byTrait.get(trait);
  }
}

/** Sections that list one kind of articles. */
const KINDS: Readonly<Record<string, string>> = { rumours: 'rumour', experiments: 'experiment' };

/**
 * Tells when a page last changed, by its address below the base path, `/articles/x/`: a day or a moment with its zone;
 * undefined where the content says nothing of it.
 */
export function lastChanges(content: Content): (address: string) => string | undefined {
  const pages = new Map<string, string | undefined>();
  const everything = new Changes();
  const sections = new Map<string, Changes>();
  for (const type of types) {
    const section = new Changes();
    sections.set(type.name, section);
    for (const { id, data } of content.entries(type).entries) {
      const changed = lastChangeOf(data);
      if (type.address) pages.set(type.address(id), changed);
      if (changed === undefined) continue;
      const traits = [...traitsOf(data)];
      section.add(traits, changed);
      everything.add(traits, changed);
    }
  }
  const namesOf = (id: string) => {
    const organisation = content.list(organisations).items.find((item) => item.id === id);
    return organisation ? [organisation.name, ...organisation.aliases] : [];
  };
  const find = (address: string): string | undefined => {
    if (pages.has(address)) return pages.get(address);
    const [section = '', ...rest] = address.slice(1, -1).split('/');
    const last = rest.filter((part, index) => part !== 'page' && rest[index - 1] !== 'page').at(-1);
    const kind = KINDS[section];
    if (kind) return sections.get(articles.name)?.of(kind);
    if (section === 'emergency') return sections.get(articles.name)?.all;
    if (section === organisations.name && last)
      return latest(namesOf(last).flatMap((name) => everything.of(name) ?? []));
    const manual = updateOfManual(section);
    if (manual) return manual;
    const own = section === 'statistics' ? undefined : sections.get(section);
    const changes = own ?? everything;
    return (last && changes.of(last)) ?? changes.all;
  };
  return (address) => {
    const changed = find(address);
    return changed === undefined || changed.length === 10 ? changed : withZone(changed);
  };
}

/** The day on which a page of the manual, `src/pages/<name>.mdx`, was last revised. */
function updateOfManual(name: string): string | undefined {
  const file = join(resolve('src/pages'), `${name}.mdx`);
  if (!/^[\w-]+$/.test(name) || !existsSync(file)) return undefined;
  const { data } = parseDocument(readFileSync(file, 'utf8'), 'mdx');
  return (data as { updated?: string } | undefined)?.updated;
}
