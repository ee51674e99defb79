import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { hasExactDay, knownDate } from '../../src/calendar/precision.ts';
import { currentContent } from '../../src/store/index.ts';
import { caravan } from '../../src/types/caravan.ts';
import { events } from '../../src/types/events.ts';
import type { ContentType } from '../../src/model/type.ts';
import { builtSite } from '../support/site.ts';

/** `/api/stops.json` and `/api/events.json`, as another site's program sees them. */

const { outDir } = await builtSite();
const json = (file: string) => JSON.parse(readFileSync(join(outDir, 'api', file), 'utf8'));

const entriesOf = <Schema extends z.ZodObject>(type: ContentType<Schema>) =>
  currentContent()
    .filesOf(type as unknown as ContentType)
    .files.flatMap((file) => {
      const { data } = currentContent().readFile(type, file);
      return data ? [{ id: file.slug, data }] : [];
    });

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

test.each(['stops', 'events'])('%s.json 的字段和公布的 JSON Schema 一一对应', (name) => {
  const schema = json(`${name}.schema.json`);
  expect(schema.$id).toBe(json(`${name}.json`).$schema);
  const fields = schema.properties.items.items;
  for (const item of json(`${name}.json`).items as object[]) {
    expect(Object.keys(item)).toEqual(Object.keys(fields.properties));
    expect(fields.required).toEqual(Object.keys(item));
  }
});

test('文件里没有生成的时刻，所以内容不变文件就不变', () => {
  for (const name of ['stops', 'events']) {
    const text = readFileSync(join(outDir, 'api', `${name}.json`), 'utf8');
    const moments: string[] = text.match(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[^"]*/g) ?? [];
    // The content's own moments are full minutes of Beijing time.
    expect(moments.length).toBeGreaterThan(10);
    for (const moment of moments) expect(moment).toMatch(/:00\+08:00$/);
  }
});
