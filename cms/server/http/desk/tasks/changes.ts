import { html } from 'hono/html';
import { rangeText } from '../../../../../src/calendar/text.ts';
import type { Revisable } from '../../../../../src/happenings/changes/history.ts';
import { revise } from '../../../../../src/happenings/changes/revise.ts';
import { changeText } from '../../../../../src/happenings/changes/text.ts';
import type { HappeningData } from '../../../../../src/happenings/happening.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Data } from '../../../../results/form.ts';
import type { Markup } from '../../page/index.ts';
import { type Asked, box, choose, question } from './controls.ts';
import type { Values } from './values.ts';
import { whenOf, whenQuestion } from './when.ts';

/** 改期 and 取消: what is asked, what becomes of the entry, and what visitors will read. */

export interface ChangeTask {
  /** Below `tasks/`, before the entry. */
  path: string;
  title: string;
  lead: string;
  questions: (asked: Asked, about: { data: Data; isPublished: boolean; now: string }) => Markup;
  /** The entry's data with the answers; `faults` by control. */
  read: (
    values: Values,
    about: { data: Data; published: Data | undefined; now: string },
  ) => { data: Data; faults: Faults };
}

const REASONS = ['天气原因', '场地临时占用', '主讲专家临时有事', '学校考试', '设备检修', '上级工作安排'];
const ADVICE = ['已报名的不用再报', '已报名的请重新报名', '不能来的请打电话说一声'];
/** Longest reason that the schema takes, in characters. */
const MAX_REASON = 120;

/** Why, and what those who had planned to come are told: both are one public sentence. */
const reasonQuestions = (asked: Asked, first: number, why: string): Markup =>
  html`${question(
    first,
    why,
    box(asked, {
      name: 'reason',
      label: '原因',
      hint: '访客看得到，写一句实话，如「11 月 25 日预报大雪」。',
      suggestions: REASONS,
    }),
  )}
  ${question(
    first + 1,
    '还要告诉打算来的人什么',
    box(asked, {
      name: 'advice',
      label: '一句话（可不填）',
      hint: '如「已报名的不用再报」「咨询电话 0900-1234567」，写在原因后面。',
      suggestions: ADVICE,
    }),
  )}`;

const withoutStop = (text: string) => text.replace(/[。.；;]+$/, '');

/** The public reason with what else is told; `later` stands between them. */
function reasonOf(values: Values, faults: Faults, later = ''): string {
  const reason = withoutStop(values.one('reason'));
  const advice = withoutStop(values.one('advice'));
  const said = `${reason}${later && !/另行通知|另定/.test(reason) ? later : ''}${advice && `；${advice}`}`;
  if (!reason) faults.reason = '请写原因，访客看得到';
  else if ([...said].length > MAX_REASON)
    faults[advice ? 'advice' : 'reason'] = `和别的合起来最多 ${MAX_REASON} 个字，请写短一些`;
  return said;
}

export const reschedule: ChangeTask = {
  path: 'reschedule',
  title: '改期',
  lead: '换一个时间，也可以换地方：写新的时间和原因，访客会看到什么先给你看。',

  questions(asked, { data, isPublished, now }) {
    const isStop = 'vehicle' in data;
    return html`${question(
      1,
      '改到什么时候',
      html`<p class="muted">原来是 ${rangeText(String(data.start), data.end as string | undefined)}</p>
        ${whenQuestion(asked, now.slice(0, 10), { day: '新的日子', time: '新的时间' })}`,
    )}
    ${question(
      2,
      '地方变不变',
      html`${box(asked, {
        name: 'place',
        label: isStop ? '换了地方的，写新的地点' : '地点',
        hint: isStop ? '还在原来的学校就空着；写了就不在那所学校了。' : '没变就不用动。',
      })}`,
    )}
    ${isPublished && reasonQuestions(asked, 3, '为什么改')}`;
  },

  read(values, { data, published, now }) {
    const faults: Faults = {};
    const when = whenOf(values, now, faults);
    const place = values.one('place') || data.place;
    const hasMoved = when !== undefined && (when.start !== data.start || when.end !== data.end);
    if (when && !hasMoved && place === data.place) faults.day = '和原来的时间、地点一样，没有要改的';
    // Nobody outside has seen what was never published: it is only written anew.
    const reason = published ? reasonOf(values, faults) : values.one('reason');
    const { end: _, ...rest } = data;
    // Pages name the school first: a stop that moves elsewhere is not at it any more.
    if (values.one('place') && place !== data.place) delete rest.school;
    const isMoved = published !== undefined && when !== undefined && when.start !== published.start;
    const next: Data = {
      ...rest,
      ...when,
      ...(place ? { place } : {}),
      ...(published && isMoved ? { state: 'rescheduled' } : {}),
      ...(published && reason ? { changeReason: reason } : {}),
    };
    return { data: inOrder(data, next), faults };
  },
};

const AFTERWARDS = { over: '不办了', later: '以后再办，时间定了再告诉大家' } as const;
const LATER = '，新的时间另行通知';

export const cancel: ChangeTask = {
  path: 'cancel',
  title: '取消',
  lead: '不办了，或者时间以后再定：写明原因，访客会看到什么先给你看。',

  questions: (asked) =>
    html`${question(1, '以后还办不办', choose(asked, { name: 'afterwards', legend: '以后', options: AFTERWARDS }))}
    ${reasonQuestions(asked, 2, '为什么取消')}`,

  read(values, { data }) {
    const faults: Faults = {};
    const afterwards = values.one('afterwards');
    if (!(afterwards in AFTERWARDS)) faults.afterwards = '请选一项';
    const said = reasonOf(values, faults, afterwards === 'later' ? LATER : '');
    return { data: inOrder(data, { ...data, state: 'cancelled', changeReason: said }), faults };
  },
};

/** The keys in their former order, new ones behind. */
const inOrder = (former: Data, next: Data): Data => {
  const known = Object.keys(former).filter((key) => key in next);
  return Object.fromEntries(
    [...known, ...Object.keys(next).filter((key) => !(key in former))].map((key) => [key, next[key]]),
  );
};

/** The change in words, as pages have it; a new place is told beside them. */
const toldOf = (before: Revisable, data: Revisable): string =>
  [
    changeText(data as unknown as HappeningData),
    data.place && data.place !== before.place && `地点改为${data.place}。`,
  ]
    .filter(Boolean)
    .join('');

/** What publishing will write, and what it would refuse. */
export function announced(
  published: Data | undefined,
  next: Data,
  now: string,
): { text: string; problems: string[] } {
  const before = published as unknown as Revisable | undefined;
  const { data, problems } = revise(before, next as unknown as Revisable, now);
  return {
    text: before ? toldOf(before, data) : '',
    problems: problems.map(({ message }) => message),
  };
}
