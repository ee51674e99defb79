import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { now } from '../../../../../src/calendar/today.ts';
import { labelOf } from '../../../../../src/model/labels.ts';
import { slugOfPath } from '../../../../documents/slug.ts';
import type { Faults } from '../../../../results/apply.ts';
import { Refused } from '../../../services/refused.ts';
import { allNames } from '../../../services/uses.ts';
import type { Signed } from '../../access.ts';
import { formPage, lookPage } from './pages.ts';
import { faultsOf, isSavedAlready, lastStepOf, newEntryOf, saveTask, type SavingParts } from './saving.ts';
import type { NewTask, TaskContext } from './task.ts';
import { postedValues, type Values } from './values.ts';
import { countyOf } from '../../../services/county-map.ts';
import { withClick } from './where.ts';

/** The pages of a task that makes something new: questions, a last look, saved. */

/** Controls that are not called as their field is. */
const LABELS: Readonly<Record<string, string>> = {
  day: '哪一天',
  time: '几点',
  lastDay: '最后一天',
  point: '高德链接或经纬度',
};

export function newTaskRoutes(task: NewTask, parts: SavingParts): Hono<Signed> {
  const { newsroom } = parts;
  const { type } = task;
  const app = new Hono<Signed>({ strict: false });

  const contextOf = (context: Context<Signed>): TaskContext => ({
    content: context.get('content'),
    now: now(),
    titles: async (name) =>
      ((await newsroom.list(`content/${name}`)) ?? []).flatMap(({ path, data }) =>
        data ? [{ slug: slugOfPath(path), data }] : [],
      ),
  });

  const ask = async (context: Context<Signed>, values: Values, faults: Faults = {}, problem?: string) =>
    formPage(context, {
      title: task.title,
      lead: html`<p>${task.lead}</p>`,
      questions: await task.questions(contextOf(context), { values, faults }),
      faults,
      problem,
      kept: { path: values.one('path'), uid: values.one('uid') },
      labelOf: (name) => LABELS[name] ?? labelOf(type.schema, name),
    });

  app.get('/', (context) => ask(context, task.start(contextOf(context))));

  app.post('/', async (context) => {
    const person = context.get('person');
    const sent = await postedValues(context);
    const step = sent.one('step');
    // The map was clicked: it is a button of its own.
    if (step === '') return ask(context, withClick(countyOf(context.get('content')), sent));
    if (step === 'edit') return ask(context, sent);
    const { data, body, faults } = await task.read(contextOf(context), sent);
    const today = now().slice(0, 10);
    const made = { newsroom, path: sent.one('path'), uid: sent.one('uid'), today };
    const { path, text, uid } = await newEntryOf(task, { data, body }, made);
    if (step !== 'look' && isSavedAlready(newsroom, path, uid)) return context.redirect(doneAt(path), 303);
    const problems = await newsroom.problemsIn({ path, text });
    const asked = new Set(
      sent
        .entries()
        .map(([name]) => name)
        .concat('day', 'time', 'school'),
    );
    const all = { ...faultsOf(problems, type.schema, task.controls, asked), ...faults };
    if (Object.keys(all).length > 0) return ask(context, sent, all);
    if (step === 'look')
      return lookPage(context, {
        title: task.title,
        type,
        data,
        body,
        names: await allNames(context.get('content')),
        problems,
        values: sent,
        kept: { path, uid },
        lastStep: lastStepOf(await newsroom.review(path, person), person),
      });
    try {
      const accepted = sent.all('seen').map((value) => value.slice(value.indexOf('|') + 1));
      const wanted = step === 'submit' || step === 'publish' ? step : 'save';
      const about = { person, path, text, version: null, title: task.title, step: wanted, accepted } as const;
      const why = await saveTask(parts, about);
      return context.redirect(doneAt(path, why), 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return ask(context, sent, {}, `没有保存：${error.message}`);
    }
  });
  return app;
}

/** The first page, which says where an entry stands. */
export const doneAt = (path: string, why?: string, up = '../'): string =>
  `${up}?${new URLSearchParams({ done: `${path.split('/')[1]}/${slugOfPath(path)}`, ...(why ? { why } : {}) })}`;
