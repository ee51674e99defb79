import { html } from 'hono/html';
import { optionsOf } from '../../../../../src/model/labels.ts';
import { caravan, exhibitSets, schools, vehicles } from '../../../../../src/types/caravan.ts';
import { siteSettingsOf } from '../../../../../src/types/site-settings.ts';
import { organisations, townships } from '../../../../../src/types/townships.ts';
import type { Faults } from '../../../../results/apply.ts';
import { box, choose, pick, question } from './controls.ts';
import { countOf, type NewTask, several, withoutBlanks } from './task.ts';
import { valuesOf } from './values.ts';
import { whenOf, whenQuestion } from './when.ts';

/** 新站次: the caravan visits a school or another place; five questions. */

const STATES = { tentative: '还要和学校商量', confirmed: '和学校说好了' } as const;

export const newStop: NewTask = {
  path: 'stop',
  title: '新站次',
  lead: '大篷车去一所学校或一个社区：五个问题。',
  type: caravan,

  start({ content }) {
    return valuesOf([
      ['vehicle', content.list(vehicles).items[0]?.id ?? ''],
      ['exhibitSet', content.list(exhibitSets).items[0]?.id ?? ''],
      ['open', 'closed'],
      ['state', 'tentative'],
      ['hosts', siteSettingsOf(content).association],
    ]);
  },

  async questions({ content, now }, asked) {
    const towns = content.list(townships).items;
    const townOf = (id: string) => towns.find((town) => town.id === id)?.name ?? '别处';
    const known = content.list(schools).items;
    const named = (items: readonly { id: string; name: string }[]) =>
      items.map(({ id, name }) => ({ value: id, label: name }));
    return html`${question(
      1,
      '去哪里',
      html`${pick(asked, {
        name: 'school',
        label: '学校',
        none: '不是学校（写下面的地点）',
        options: known.map(({ id, name, township }) => ({ value: id, label: name, group: townOf(township) })),
      })}
      ${box(asked, { name: 'place', label: '地点', hint: '不在学校时填写，如「新城社区广场」。' })}
      ${pick(asked, {
        name: 'township',
        label: '乡镇（街道）',
        none: '和学校相同',
        options: named(towns),
      })}`,
    )}
    ${question(
      2,
      '什么时候',
      html`${whenQuestion(asked, now.slice(0, 10))}
      ${choose(asked, { name: 'state', legend: '定了吗', options: STATES })}`,
    )}
    ${question(
      3,
      '带什么',
      html`${pick(asked, { name: 'vehicle', label: '车辆', options: named(content.list(vehicles).items) })}
      ${pick(asked, { name: 'exhibitSet', label: '展品套组', options: named(content.list(exhibitSets).items) })}`,
    )}
    ${question(
      4,
      '谁能看',
      html`${choose(asked, { name: 'open', legend: '对谁开放', options: optionsOf(caravan.schema, 'open') })}
      ${box(asked, { name: 'rainRule', label: '雨天安排（可不填）', hint: '如「改在风雨操场」。' })}`,
    )}
    ${question(
      5,
      '谁来办',
      html`${box(asked, {
        name: 'hosts',
        label: '主办单位',
        hint: '几个单位用「、」隔开。',
        suggestions: content.list(organisations).items.map(({ name }) => name),
      })}
      ${box(asked, { name: 'coHosts', label: '协办单位（可不填）' })}
      ${box(asked, { name: 'crew', label: '随车人员（人，可不填）', mode: 'numeric' })}`,
    )}`;
  },

  async read({ content, now }, values) {
    const faults: Faults = {};
    const when = whenOf(values, now, faults);
    const school = content.list(schools).items.find(({ id }) => id === values.one('school'));
    const place = values.one('place');
    const crew = countOf(values.one('crew'));
    const township = values.one('township') || school?.township;
    if (!school && !place) faults.school = '请选学校，或者写地点';
    if (!school && place && !township) faults.township = '不在学校的，请选乡镇（街道）';
    if (Number.isNaN(crew)) faults.crew = '写一个整数，如 3';
    const data = withoutBlanks({
      title: school || place ? `科普大篷车走进${school?.name ?? place}` : '',
      start: when?.start,
      end: when?.end,
      state: values.one('state') === 'confirmed' ? 'confirmed' : 'tentative',
      hosts: several(values.one('hosts')),
      coHosts: several(values.one('coHosts')),
      school: school?.id,
      place,
      township,
      stages: school ? school.stages : ['community'],
      vehicle: values.one('vehicle'),
      exhibitSet: values.one('exhibitSet'),
      crew: Number.isNaN(crew) ? undefined : crew,
      open: values.one('open'),
      rainRule: values.one('rainRule'),
    });
    return { data, body: '', faults };
  },

  controls: { start: 'day', end: 'time', title: 'school', stages: 'school' },
};
