import { campaigns } from '../types/campaigns.ts';
import { z } from 'zod';
import { indicators, UNITS } from '../types/statistics.ts';
import { inWords, keysOf, knownMoment, moment } from './values.ts';
import { exhibitSetOf, schoolOf, type Stop, vehicleOf } from '../caravan/queries.ts';
import { caravan, STAGES } from '../types/caravan.ts';
import { calendarAddress, isInCalendars } from '../happenings/calendars/calendar.ts';
import { startDate } from '../happenings/schema.ts';
import { DATE_PRECISIONS, precisionOf } from '../calendar/precision.ts';
import { lastChange } from '../happenings/happening.ts';
import { formerStarts } from '../happenings/changes/history.ts';
import { addressOf, campaignOf, type Happening, placeOf, townshipOf } from '../happenings/queries.ts';
import type { Event } from '../events/queries.ts';
import { historyInWords } from '../happenings/changes/queries.ts';
import { EVENT_KINDS, events } from '../types/events.ts';
import { EVENT_STATES } from '../calendar/states.ts';
import { absolute } from '../ui/address.ts';
import { entries, entryOf, itemOf } from '../queries/index.ts';
import { AUDIENCES, COORDINATE_SYSTEMS } from '../model/common.ts';
import { labelOf, optionsOf } from '../model/labels.ts';
import { isoTime } from '../calendar/clock.ts';

/** Stops and events as open data. Fields are added, never renamed or removed. */

/** A choice of a content type, with the words of its form. */
function choiceOf(schema: z.ZodType, field: string) {
  const options = optionsOf(schema, field);
  return keysOf(options).describe(`${labelOf(schema, field)}：${inWords(options)}`);
}

const named = (what: string) =>
  z
    .strictObject({ id: z.string().describe('编号'), name: z.string().describe('名称') })
    .nullable()
    .describe(what);

const shared = {
  id: z.string().describe('编号，也是网址的一部分；极少更改，长期对应请用 uid'),
  uid: z.string().describe('日历里的编号（RFC 5545 UID），终身不变'),
  sequence: z.int().describe('时间、地点、状态变过几次（RFC 5545 SEQUENCE），只增不减'),
  url: z.url().describe('网页'),
  calendar: z.url().nullable().describe('单独的日历文件；日期不准确的没有'),
  title: z.string().describe('标题'),
  summary: z.string().nullable().describe('摘要'),
  state: keysOf(EVENT_STATES).describe(`状态：${inWords(EVENT_STATES)}`),
  start: knownMoment().describe(
    '开始：北京时间，2026-12-03T09:00:00+08:00；全天的只有日期，2026-12-03；只知道月份或年份的是 2026-12、2026',
  ),
  end: moment().nullable().describe('结束，写法同开始；全天的是最后一天，当天也算；日期不准确的空着'),
  datePrecision: keysOf(DATE_PRECISIONS).describe(`日期有多准：${inWords(DATE_PRECISIONS)}`),
  dateNote: z.string().nullable().describe('日期说明'),
  sessions: z.int().describe('场次：这一条代表几场，一般是 1'),
  formerStarts: z.array(moment()).describe('定过又改了的开始时间，早定的在前'),
  changeReason: z.string().nullable().describe('最近一次改期或取消的原因'),
  changes: z
    .array(
      z.strictObject({
        on: moment().describe('什么时候宣布的'),
        text: z.string().describe('改了什么，一句话'),
        reason: z.string().nullable().describe('原因'),
      }),
    )
    .describe('变更记录，早的在前'),
  place: z.string().describe('学校或地点的名称'),
  township: named('乡镇（街道）'),
  coordinates: z
    .strictObject({
      longitude: z.number().describe('经度，度'),
      latitude: z.number().describe('纬度，度'),
      system: keysOf(COORDINATE_SYSTEMS).describe(`坐标系：${inWords(COORDINATE_SYSTEMS)}`),
    })
    .nullable()
    .describe('坐标；没有登记就空着，不由乡镇代替'),
  campaign: z
    .strictObject({ id: z.string(), name: z.string(), url: z.url(), strand: z.string().nullable() })
    .nullable()
    .describe('所属品牌活动和板块'),
  hosts: z.array(z.string()).describe('主办单位'),
  coHosts: z.array(z.string()).describe('协办单位'),
  results: z
    .array(
      z.strictObject({
        indicator: z.strictObject({ id: z.string(), name: z.string() }).describe('指标'),
        value: z.number().nullable().describe('数值；没有数就空着，空着不是零'),
        unit: z.string().describe('单位'),
        approximate: z.boolean().describe('约数'),
        method: z.enum(['measured', 'estimated']).nullable().describe('measured 实测、estimated 估计'),
        item: z.string().nullable().describe('细目'),
      }),
    )
    .describe('办完以后的成果'),
  updated: moment().describe('这一条最近一次改动'),
};

const stop = z.strictObject({
  ...shared,
  school: named('学校；不在学校时空着'),
  stages: z.array(keysOf(STAGES)).describe(`学段：${inWords(STAGES)}`),
  vehicle: named('车辆'),
  exhibitSet: named('展品套组'),
  open: choiceOf(caravan.schema, 'open'),
});

const event = z.strictObject({
  ...shared,
  kind: keysOf(EVENT_KINDS).describe(`种类：${inWords(EVENT_KINDS)}`),
  audience: z.array(keysOf(AUDIENCES)).describe(`面向人群：${inWords(AUDIENCES)}`),
  open: choiceOf(events.schema, 'open'),
  registration: z.url().nullable().describe('报名网址'),
  capacity: z.int().nullable().describe('名额，人'),
});

const nameOf = (item: { id: string; name: string } | undefined) =>
  item ? { id: item.id, name: item.name } : null;

/** A result as open data: who reported it stays in the office. */
function openResult({ indicator, value, approximate, method, item }: Happening['data']['results'][number]) {
  const known = itemOf(indicators, indicator);
  if (!known) return [];
  return {
    indicator: { id: known.id, name: known.name },
    value: value ?? null,
    unit: UNITS[known.unit],
    approximate,
    method: method ?? null,
    item: item ?? null,
  };
}

async function sharedOf(happening: Happening) {
  const { data, id } = happening;
  const campaign = await campaignOf(happening);
  return {
    id,
    uid: data.uid,
    sequence: data.sequence,
    url: absolute(addressOf(happening)),
    calendar: isInCalendars(happening) ? absolute(calendarAddress(happening)) : null,
    title: data.title,
    summary: data.summary ?? null,
    state: data.state,
    start: startDate(data),
    end: data.end && isInCalendars(happening) ? isoTime(data.end) : null,
    datePrecision: precisionOf(data),
    sessions: data.sessions ?? 1,
    dateNote: data.dateNote ?? null,
    formerStarts: formerStarts(data).map(isoTime),
    changeReason: data.changeReason ?? null,
    changes: historyInWords(happening).map(({ on, text, reason }) => ({
      on: isoTime(on),
      text,
      reason: reason ?? null,
    })),
    place: placeOf(happening),
    township: nameOf(townshipOf(happening)),
    campaign: campaign
      ? {
          id: data.campaign ?? '',
          name: campaign.title,
          url: absolute(campaigns.address(data.campaign ?? '')),
          strand: data.strand ?? null,
        }
      : null,
    hosts: data.hosts,
    coHosts: data.coHosts,
    results: data.results.flatMap(openResult),
    updated: isoTime(lastChange(data)),
  };
}

/** A stop as open data. A school's yard has no coordinates of its own. */
const openStop = async (entry: Stop): Promise<z.output<typeof stop>> => ({
  ...(await sharedOf(entry)),
  coordinates: null,
  school: nameOf(schoolOf(entry)),
  stages: entry.data.stages,
  vehicle: nameOf(vehicleOf(entry)),
  exhibitSet: nameOf(exhibitSetOf(entry)),
  open: entry.data.open,
});

/** An event as open data; where it gives no coordinates, those of the base or facility that it is in. */
async function openEvent(entry: Event): Promise<z.output<typeof event>> {
  const { data } = entry;
  const base = await entryOf('bases', data.base);
  const facility = await entryOf('facilities', data.facility);
  return {
    ...(await sharedOf(entry)),
    coordinates: data.coordinates ?? base?.data.coordinates ?? facility?.data.coordinates ?? null,
    kind: data.kind,
    audience: data.audience,
    open: data.open,
    registration: data.registration ?? null,
    capacity: data.capacity ?? null,
  };
}

const compareText = (a: string, b: string) => (a < b ? -1 : Number(a > b));

const sorted = <Item extends { start: string; id: string }>(items: Item[]): Item[] =>
  items.sort((a, b) => compareText(a.start, b.start) || compareText(a.id, b.id));

/** The open files of stops and of events. */
export const HAPPENING_FILES = {
  stops: {
    title: '大篷车站次',
    entry: stop,
    order: '先开始的在前，同时开始的按编号',
    items: async () => sorted(await Promise.all((await entries('caravan')).map(openStop))),
  },
  events: {
    title: '活动',
    entry: event,
    order: '先开始的在前，同时开始的按编号',
    items: async () => sorted(await Promise.all((await entries('events')).map(openEvent))),
  },
};
