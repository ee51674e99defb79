import { html } from 'hono/html';
import { AUDIENCES } from '../../../../../src/model/common.ts';
import { optionsOf } from '../../../../../src/model/labels.ts';
import { bases } from '../../../../../src/types/bases.ts';
import { events } from '../../../../../src/types/events.ts';
import { siteSettingsOf } from '../../../../../src/types/site-settings.ts';
import { organisations, townships } from '../../../../../src/types/townships.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Data } from '../../../../results/form.ts';
import { box, choose, pick, question, tick } from './controls.ts';
import { countOf, type NewTask, several, type TaskContext, withoutBlanks } from './task.ts';
import { valuesOf } from './values.ts';
import { whenOf, whenQuestion } from './when.ts';
import { countyOf } from '../../../services/county-map.ts';
import { pointOf, pointQuestion } from './where.ts';

/** 发活动: six questions, of which most have their usual answer already. */

const STATES = { confirmed: '定了', tentative: '大概这样，可能还会变' } as const;

/** A number of an office, `0900-1234567`, in the site's contact. */
const phoneIn = (contact = '') => /(?<!\d)(?:0\d{2,3}-?)?\d{7,8}(?!\d)/.exec(contact)?.[0];

const basesOf = async ({ titles }: TaskContext) =>
  (await titles(bases.name)).map(({ slug, data }) => ({
    slug,
    title: String(data.title ?? slug),
    township: typeof data.township === 'string' ? data.township : undefined,
  }));

export const newEvent: NewTask = {
  path: 'event',
  title: '发活动',
  lead: '讲座、培训、义诊、集市……六个问题，发一条活动预告。',
  type: events,

  start({ content }) {
    const { association, contact } = siteSettingsOf(content);
    const phone = phoneIn(contact);
    return valuesOf([
      ['kind', 'lecture'],
      ['hosts', association],
      ['open', 'public'],
      ['audience', 'public'],
      ['state', 'confirmed'],
      ['howToJoin', phone ? `咨询电话 ${phone}` : ''],
    ]);
  },

  async questions(context, asked) {
    const { content, now } = context;
    const known = await basesOf(context);
    const names = content.list(organisations).items.map(({ name }) => name);
    const places = (await context.titles(events.name)).flatMap(({ data }) =>
      typeof data.place === 'string' ? [data.place] : [],
    );
    return html`${question(
      1,
      '办什么',
      html`${box(asked, { name: 'title', label: '标题', hint: '一句话说清，如「石桥镇科普集市」，不超过 60 个字。' })}
      ${pick(asked, { name: 'kind', label: '种类', options: optionList(optionsOf(events.schema, 'kind')) })}`,
    )}
    ${question(
      2,
      '什么时候',
      html`${whenQuestion(asked, now.slice(0, 10))}
      ${choose(asked, { name: 'state', legend: '时间定了吗', options: STATES })}`,
    )}
    ${question(
      3,
      '在哪里',
      html`${pick(asked, {
        name: 'base',
        label: '在科普基地办的，选基地',
        none: '不在基地',
        options: known.map(({ slug, title }) => ({ value: slug, label: title })),
      })}
      ${box(asked, {
        name: 'place',
        label: '地点',
        hint: '写到找得着，如「文化广场东侧」；在基地办的可以不填。',
        suggestions: [...new Set(places)].slice(0, 40),
      })}
      ${pick(asked, {
        name: 'township',
        label: '乡镇（街道）',
        none: '没有选',
        options: content.list(townships).items.map(({ id, name }) => ({ value: id, label: name })),
      })}
      ${pointQuestion(asked, countyOf(content))}`,
    )}
    ${question(
      4,
      '谁来办',
      html`${box(asked, { name: 'hosts', label: '主办单位', hint: '几个单位用「、」隔开。', suggestions: names })}
      ${box(asked, { name: 'coHosts', label: '协办单位（可不填）', suggestions: names })}`,
    )}
    ${question(
      5,
      '谁能来，怎样来',
      html`${choose(asked, { name: 'open', legend: '对谁开放', options: optionsOf(events.schema, 'open') })}
      ${box(asked, { name: 'howToJoin', label: '怎样参加、找谁', hint: '写办公电话，不写个人手机。' })}
      ${box(asked, { name: 'capacity', label: '名额（人，可不填）', mode: 'numeric' })}`,
    )}
    ${question(
      6,
      '一句话告诉大家',
      html`${box(asked, { name: 'summary', label: '摘要', hint: '来了能看到、学到什么，不超过 120 个字。', isLong: true })}
        ${tick(asked, { name: 'audience', legend: '面向人群', options: AUDIENCES })}
        <details ${asked.values.one('body') && html`open`}>
          <summary>还要细说的（可不填）</summary>
          ${box(asked, { name: 'body', label: '正文', hint: '空一行另起一段。', isLong: true })}
        </details>`,
    )}`;
  },

  async read(context, values) {
    const faults: Faults = {};
    const when = whenOf(values, context.now, faults);
    const base = (await basesOf(context)).find(({ slug }) => slug === values.one('base'));
    const place = values.one('place') || base?.title || '';
    const capacity = countOf(values.one('capacity'));
    if (!values.one('title')) faults.title = '请写标题';
    if (!place) faults.place = '请写地点，或者选一个基地';
    if (Number.isNaN(capacity)) faults.capacity = '名额写一个整数，如 50';
    if (!values.one('summary')) faults.summary = '请写一句话：来了能看到、学到什么';
    if (values.one('open') === 'registration' && !values.one('howToJoin'))
      faults.howToJoin = '要报名的，写明怎样报名、打哪个办公电话';
    const coordinates = pointOf(values, faults);
    const data: Data = withoutBlanks({
      title: values.one('title'),
      kind: values.one('kind'),
      summary: values.one('summary'),
      start: when?.start,
      end: when?.end,
      state: values.one('state') === 'tentative' ? 'tentative' : 'confirmed',
      hosts: several(values.one('hosts')),
      coHosts: several(values.one('coHosts')),
      place,
      township: values.one('township') || base?.township,
      coordinates,
      base: base?.slug,
      audience: values.all('audience'),
      open: values.one('open'),
      howToJoin: values.one('howToJoin'),
      capacity: Number.isNaN(capacity) ? undefined : capacity,
    });
    return { data, body: values.one('body'), faults };
  },

  controls: { start: 'day', end: 'time', coordinates: 'point' },
};

const optionList = (labels: Readonly<Record<string, string>>) =>
  Object.entries(labels).map(([value, label]) => ({ value, label }));
