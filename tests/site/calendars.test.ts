import { hasExactDay } from '../../src/calendar/precision.ts';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { sync as nodeIcal, type VEvent } from 'node-ical';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { currentContent } from '../../src/store/index.ts';
import { archiveYear, isArchived } from '../../src/calendar/archive.ts';
import { campaigns } from '../../src/types/campaigns.ts';
import { caravan, schools, vehicles } from '../../src/types/caravan.ts';
import { lastChange } from '../../src/happenings/happening.ts';
import { events } from '../../src/types/events.ts';
import type { ContentType } from '../../src/model/type.ts';
import { townships } from '../../src/types/townships.ts';
import { faultsOfCalendar } from '../support/icalendar.ts';
import { SITE_NOW } from '../support/build.ts';
import { builtSite } from '../support/site.ts';

/** Every calendar file of the built site, read by two independent parsers and compared with the entries. */

const { outDir } = await builtSite();
const read = (file: string) => readFileSync(join(outDir, file), 'utf8');
const files = globSync('**/*.ics', { cwd: outDir }).map((file) => file.replaceAll('\\', '/'));

const entriesOf = <Schema extends z.ZodObject>(type: ContentType<Schema>) =>
  currentContent()
    .filesOf(type as unknown as ContentType)
    .files.flatMap((file) => {
      const { data } = currentContent().readFile(type, file);
      return data ? [{ slug: file.slug, data }] : [];
    });
const stops = entriesOf(caravan);
const other = entriesOf(events);
/** Those whose day is on record: the others are in no calendar file. */
const exactStops = stops.filter(({ data }) => hasExactDay(data));
const exactOther = other.filter(({ data }) => hasExactDay(data));
const happenings = [...stops.map(({ data }) => data), ...other.map(({ data }) => data)];
const byUid = new Map(happenings.map((data) => [data.uid, data]));

const withIcalJs = (text: string) =>
  new ICAL.Component(ICAL.parse(text)).getAllSubcomponents('vevent').map((component) => ({
    uid: String(component.getFirstPropertyValue('uid')),
    summary: String(component.getFirstPropertyValue('summary')),
    status: String(component.getFirstPropertyValue('status')),
    sequence: Number(component.getFirstPropertyValue('sequence')),
    start: String(component.getFirstPropertyValue('dtstart')),
    end: component.getFirstPropertyValue('dtend')?.toString(),
    stamp: String(component.getFirstPropertyValue('dtstamp')),
  }));
const withNodeIcal = (text: string) =>
  Object.values(nodeIcal.parseICS(text)).filter((item): item is VEvent => item?.type === 'VEVENT');

/** A moment of an entry as UTC. */
const utc = (moment: string) => new Date(moment.length === 10 ? `${moment}T00:00+08:00` : `${moment}+08:00`);
const dayAfter = (day: string) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);

describe('日历文件', () => {
  test('契约里的地址都有', () => {
    for (const { slug } of exactStops) expect(files).toContain(`caravan/${slug}/calendar.ics`);
    for (const { slug } of exactOther) expect(files).toContain(`events/${slug}/calendar.ics`);
    for (const { id } of currentContent().list(schools).items)
      expect(files).toContain(`caravan/school/${id}/calendar.ics`);
    for (const { id } of currentContent().list(townships).items)
      expect(files).toContain(`caravan/township/${id}/calendar.ics`);
    for (const { id } of currentContent().list(vehicles).items)
      expect(files).toContain(`caravan/vehicle/${id}/calendar.ics`);
    for (const { slug } of entriesOf(campaigns)) expect(files).toContain(`campaigns/${slug}/calendar.ics`);
    expect(files).toContain('caravan/calendar.ics');
    expect(files).toContain('events/calendar.ics');
  });

  test('日期不准确的一项也没有日历文件，页面上也没有添加到日历', () => {
    const inexact = [
      ...stops.filter(({ data }) => !hasExactDay(data)).map(({ slug }) => `caravan/${slug}`),
      ...other.filter(({ data }) => !hasExactDay(data)).map(({ slug }) => `events/${slug}`),
    ];
    expect(inexact.length).toBeGreaterThan(0);
    for (const address of inexact) {
      expect(files).not.toContain(`${address}/calendar.ics`);
      expect(read(`${address}/index.html`)).not.toContain('calendar.ics');
      expect(read(`${address}/index.html`)).not.toContain('2022-0');
    }
  });

  const uids = (file: string) =>
    withIcalJs(read(file))
      .map(({ uid }) => uid)
      .sort();
  const uidsOf = (some: readonly { data: { uid: string } }[]) => some.map(({ data }) => data.uid).sort();
  const today = SITE_NOW.slice(0, 10);
  const isKept = ({ data }: { data: { start: string; end?: string | undefined } }) =>
    !isArchived(data, today);

  test.each([
    ['caravan', exactStops],
    ['events', exactOther],
  ] as const)('%s 的总日历和各年存档合起来一项不多、一项不少', (kind, all) => {
    expect(uids(`${kind}/calendar.ics`)).toEqual(uidsOf(all.filter(isKept)));
    const archives = files.filter((file) => file.startsWith(`${kind}/archive/`));
    for (const file of archives) {
      const year = file.slice(-8, -4);
      const expected = all.filter((entry) => !isKept(entry) && archiveYear(entry.data) === year);
      expect(uids(file), file).toEqual(uidsOf(expected));
    }
    expect(archives.flatMap(uids)).toHaveLength(all.filter((entry) => !isKept(entry)).length);
  });

  test('订阅页上每一份存档都有链接', () => {
    const page = read('caravan/subscribe/index.html');
    for (const file of files.filter((name) => name.includes('/archive/')))
      expect(page).toContain(`href="/${file}"`);
  });

  test('学校、乡镇和车辆的日历正好是它们的站次', () => {
    const expected = (field: 'school' | 'township' | 'vehicle', id: string) =>
      uidsOf(exactStops.filter((stop) => stop.data[field] === id && isKept(stop)));
    for (const { id } of currentContent().list(schools).items)
      expect(uids(`caravan/school/${id}/calendar.ics`)).toEqual(expected('school', id));
    for (const { id } of currentContent().list(townships).items)
      expect(uids(`caravan/township/${id}/calendar.ics`)).toEqual(expected('township', id));
    for (const { id } of currentContent().list(vehicles).items)
      expect(uids(`caravan/vehicle/${id}/calendar.ics`)).toEqual(expected('vehicle', id));
  });

  test('品牌活动的日历是它的活动和站次，多久以前的都在', () => {
    for (const { slug } of entriesOf(campaigns))
      expect(uids(`campaigns/${slug}/calendar.ics`)).toEqual(
        uidsOf([...exactStops, ...exactOther].filter(({ data }) => data.campaign === slug)),
      );
  });

  test('每个文件都严格合 RFC 5545：行、各部分的属性、每个值的写法', () => {
    for (const file of files) expect(faultsOfCalendar(read(file)), file).toEqual([]);
  });

  test('地点和所在的乡镇分开写，地点里有乡镇名的不重复', () => {
    const places = [read('events/calendar.ics'), read('caravan/calendar.ics')].flatMap((text) =>
      [...text.replaceAll('\r\n ', '').matchAll(/^LOCATION:(.*)\r$/gm)].map(([, place = '']) => place),
    );
    const names = currentContent()
      .list(townships)
      .items.map(({ name }) => String(name));
    const located = places.filter((place) => names.some((name) => place.includes(name)));
    expect(located.filter((place) => place.includes('，麦禾县')).length).toBeGreaterThan(0);
    for (const place of located) {
      expect(
        names.reduce((count, name) => count + place.split(name).length - 1, 0),
        place,
      ).toBe(1);
      for (const name of names)
        if (place.includes(`麦禾县${name}`)) expect(place).toContain(`，麦禾县${name}`);
    }
  });

  test.each(['ical.js', 'node-ical'])('%s 读出的每一条都和内容一致', (parser) => {
    let compared = 0;
    for (const file of files) {
      const text = read(file);
      const found =
        parser === 'ical.js'
          ? withIcalJs(text)
          : withNodeIcal(text).map((event) => ({
              uid: event.uid,
              summary: String(event.summary),
              status: String(event.status),
              sequence: Number(event.sequence),
              start: event.start,
              end: event.end,
              stamp: event.dtstamp,
            }));
      for (const event of found) {
        const data = byUid.get(event.uid);
        if (!data) throw new Error(`${file}: ${event.uid}`);
        const cancelled = data.state === 'cancelled';
        expect(event.summary).toBe(`${cancelled ? '【取消】' : ''}${data.title}`);
        expect(event.status === 'CANCELLED').toBe(cancelled);
        expect(event.sequence).toBe(data.sequence);
        const wholeDay = data.start.length === 10;
        if (typeof event.start === 'string') {
          expect(event.start).toBe(wholeDay ? data.start : `${data.start}:00`);
          if (wholeDay) expect(event.end).toBe(dayAfter(data.end ?? data.start));
          else expect(event.end).toBe(data.end && `${data.end}:00`);
          expect(new Date(event.stamp as string)).toEqual(utc(lastChange(data)));
        } else if (!wholeDay) {
          expect(event.start.getTime()).toBe(utc(data.start).getTime());
          if (data.end) expect((event.end as Date).getTime()).toBe(utc(data.end).getTime());
        }
        compared++;
      }
    }
    console.log(`${parser}：${files.length} 个文件，${compared} 条`);
    // Each has a file of its own and is in the calendar of all, or in the archive.
    expect(compared).toBeGreaterThanOrEqual(2 * happenings.length);
  });
});
