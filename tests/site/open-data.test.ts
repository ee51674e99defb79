import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { hasExactDay, knownDate } from '../../src/calendar/precision.ts';
import { currentContent } from '../../src/store/index.ts';
import { articles } from '../../src/types/articles.ts';
import { bases } from '../../src/types/bases.ts';
import { caravan } from '../../src/types/caravan.ts';
import { experts } from '../../src/types/experts.ts';
import { honours } from '../../src/types/honours.ts';
import { types } from '../../src/types/index.ts';
import { news } from '../../src/types/news.ts';
import { events } from '../../src/types/events.ts';
import type { ContentType } from '../../src/model/type.ts';
import { builtSite } from '../support/site.ts';

/** The open files, `/api/<name>.json`, as another site's program sees them. */

const { outDir } = await builtSite();
const json = (file: string) => JSON.parse(readFileSync(join(outDir, 'api', file), 'utf8'));

const entriesOf = <Schema extends z.ZodObject>(type: ContentType<Schema>) =>
  currentContent()
    .filesOf(type as unknown as ContentType)
    .files.flatMap((file) => {
      const { data } = currentContent().readFile(type, file);
      return data ? [{ id: file.slug, data }] : [];
    });

/** Every content type and the lists that others can use. */
const OPEN = [
  ...['stops', 'events', 'articles', 'bases', 'facilities', 'campaigns', 'teams', 'experts', 'honours'],
  ...['documents', 'news', 'pages', 'organisations', 'townships', 'schools', 'vehicles', 'exhibit-sets'],
  ...['topics', 'indicators'],
];

interface Item {
  id: string;
  uid: string;
  start: string;
  state: string;
  formerStarts: string[];
  calendar: string | null;
  sessions: number;
}

test.each([
  ['stops', entriesOf(caravan)],
  ['events', entriesOf(events)],
] as const)('%s.json 一项不少，先开始的在前，原定时间都在', (name, entries) => {
  const { items } = json(`${name}.json`) as { items: Item[] };
  expect(items.map(({ uid }) => uid).sort()).toEqual(entries.map(({ data }) => data.uid).sort());
  const order = items.map(({ start, id }) => `${start} ${id}`);
  expect(order).toEqual([...order].sort());
  for (const { id, data } of entries) {
    const item = items.find((one) => one.id === id);
    expect(item?.state).toBe(data.state);
    const whole = data.start.length === 10 ? data.start : `${data.start}:00+08:00`;
    expect(item?.start).toBe(hasExactDay(data) ? whole : knownDate(data.start, data));
    expect(item?.calendar === null).toBe(!hasExactDay(data));
    expect(item?.sessions).toBe(data.sessions ?? 1);
    if (data.formerStart) expect(item?.formerStarts).toContain(`${data.formerStart}:00+08:00`);
  }
});

test.each(OPEN)('%s.json 的字段和公布的 JSON Schema 一一对应', (name) => {
  const schema = json(`${name}.schema.json`);
  expect(schema.$id).toBe(json(`${name}.json`).$schema);
  const fields = schema.properties.items.items;
  for (const item of json(`${name}.json`).items as object[]) {
    expect(Object.keys(item)).toEqual(Object.keys(fields.properties));
    expect(fields.required).toEqual(Object.keys(item));
  }
});

test('文件里没有生成的时刻，所以内容不变文件就不变', () => {
  for (const name of OPEN) {
    const text = readFileSync(join(outDir, 'api', `${name}.json`), 'utf8');
    const moments: string[] = text.match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^"]*/g) ?? [];
    // The content's own moments are full minutes of Beijing time.
    if (['stops', 'events'].includes(name)) expect(moments.length).toBeGreaterThan(10);
    for (const moment of moments) expect(moment).toMatch(/:00\+08:00$/);
  }
});

test('每一类内容、每一份公开的名录都有文件，说明页上都有地址', () => {
  const page = readFileSync(join(outDir, 'open-data/index.html'), 'utf8');
  for (const name of OPEN) {
    expect(page).toContain(`href="/api/${name}.json"`);
    expect(page).toContain(`href="/api/${name}.schema.json"`);
    expect(page).toContain(`id="${name}"`);
  }
  // A type without an open file is one that was forgotten; the figures have a file for each year.
  const covered = new Set([...OPEN, 'statistics']);
  covered.add('caravan');
  expect(types.map(({ name }) => name).filter((name) => !covered.has(name))).toEqual([]);
});

test('条目一条不少，网址打得开，名称代替编号，没有记录的空着', () => {
  for (const type of [articles, bases, experts, honours, news]) {
    const { items } = json(`${type.name}.json`) as { items: { id: string; url: string }[] };
    expect(items.map(({ id }) => id).sort()).toEqual(
      entriesOf(type as unknown as ContentType)
        .map(({ id }) => id)
        .sort(),
    );
    for (const { url } of items)
      expect(existsSync(join(outDir, new URL(url).pathname, 'index.html')), url).toBe(true);
  }
  const cpr = (json('articles.json').items as Record<string, unknown>[]).find(({ id }) => id === 'cpr-aed');
  expect(cpr).toMatchObject({
    topic: { name: '急救', url: 'https://kepu.maihe.example/articles/topic/rescue/' },
  });
  const honour = (json('honours.json').items as Record<string, unknown>[])[0];
  expect(honour).toHaveProperty('givenBy');
});

test('办公室自己用的、填报人、审稿安排不在里面', () => {
  for (const name of OPEN) {
    const text = readFileSync(join(outDir, 'api', `${name}.json`), 'utf8');
    expect(text, name).not.toMatch(
      /"(?:reportedBy|photoConsent|platform|uploads|crewGroup|nextReview|featured|nav|headline)":/,
    );
  }
  expect(readFileSync(join(outDir, 'api/campaigns.json'), 'utf8')).not.toContain('"evidence"');
});

test('站次和活动带着成果，没有数的空着', () => {
  const results = [...json('stops.json').items, ...json('events.json').items].flatMap(
    ({ results: own }: { results: { value: number | null; unit: string; indicator: object }[] }) => own,
  );
  expect(results.length).toBeGreaterThan(10);
  expect(results.some(({ value }) => value === null)).toBe(true);
  for (const { unit, indicator } of results) expect([unit, indicator]).not.toContain(undefined);
});

test('JSON Schema 里的日期有写法和意思，别的地方没有表单的词', () => {
  for (const name of OPEN) {
    const text = readFileSync(join(outDir, 'api', `${name}.schema.json`), 'utf8');
    expect(text, name).not.toMatch(/"(?:widget|label|hint|itemLabel)":/);
  }
  const { published, updated } = json('articles.schema.json').properties.items.items.properties;
  expect(published).toMatchObject({ type: 'string', format: 'date' });
  expect(published.pattern).toBeTruthy();
  expect(updated.anyOf[0]).toMatchObject({ format: 'date' });
  const { start, changes } = json('stops.schema.json').properties.items.items.properties;
  const forms = (start.anyOf as { pattern?: string; format?: string }[]).map(({ format }) => format);
  expect(forms).toEqual(['date-time', 'date', undefined]);
  expect(start.anyOf.every(({ pattern }: { pattern?: string }) => pattern)).toBe(true);
  expect(JSON.stringify(changes)).toContain('"format":"date-time"');
});
