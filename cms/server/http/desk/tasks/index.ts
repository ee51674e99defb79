import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { today } from '../../../../../src/calendar/today.ts';
import { siteSettingsOf } from '../../../../../src/types/site-settings.ts';
import { placeOf } from '../../../../documents/places.ts';
import { STAGES } from '../../../../protocol/review.ts';
import type { Signed } from '../../access.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { rootOf } from '../../page/index.ts';
import { allButton } from '../batch/ticked-list.ts';
import { batchStepsOf, BATCH_STEPS } from '../batch/steps.ts';
import { RESULT_TYPES } from '../../../../results/happening.ts';
import { changeRoutes } from './change-routes.ts';
import { changePage, firstPage, upcomingOf } from './first-page.ts';
import { newTaskRoutes } from './new-routes.ts';
import { newEvent } from './new-event.ts';
import { newStop } from './new-stop.ts';
import { cancel, reschedule } from './changes.ts';
import type { SavingParts } from './saving.ts';
import { countyOf, mapSvg } from '../../../services/county-map.ts';

/** Tasks, not forms: what an office does every week as a few questions each, on a phone and without scripts. */

export { TASKS_TITLE } from './first-page.ts';

const PIN = /^(\d{1,4}(?:\.\d)?),(\d{1,4}(?:\.\d)?)$/;

export function tasksRoutes(parts: SavingParts): Hono<Signed> {
  const { newsroom } = parts;
  const app = new Hono<Signed>({ strict: false });

  app.get('/', async (context) => {
    const done = context.req.query('done');
    return firstPage(context, done ? await outcomeOf(context, done) : {});
  });

  /** What has just been saved, where it stands, and what can be done next. */
  async function outcomeOf(context: Context<Signed>, done: string) {
    const [type = '', slug = ''] = done.split('/');
    const path = `content/${type}/${slug}.mdx`;
    const place = placeOf(context.get('content'), path);
    const file =
      place && RESULT_TYPES.some(({ name }) => name === place.kind) ? newsroom.read(path) : undefined;
    if (!file) return {};
    const root = rootOf(context);
    const person = context.get('person');
    const { urgent } = await newsroom.review(file.path, person);
    const draft = newsroom.waiting(person).find((one) => one.path === file.path);
    const steps = batchStepsOf(draft?.actions ?? []).filter(
      (step) => step === 'submit' || step === 'publish',
    );
    const why = context.req.query('why');
    return {
      notice: `${newsroom.titleOf(path)}已保存，现在是「${STAGES[file.stage]}」。${
        file.stage === 'published'
          ? `网站正在更新${urgent ? '；还要由别的人补审，列在「待办」里' : ''}。`
          : ''
      }`,
      problem: why ? `存成了草稿，下一步没有做成：${why.slice(0, 600)}` : undefined,
      after: html`<div class="actions">
        ${steps.map((step) => allButton(context, step, BATCH_STEPS[step], [file]))}
        <a class="button plain" href="${editorAddress(root, file.path)}">在编辑后台打开</a>
      </div>`,
    };
  }

  app.get('/map.svg', (context) => {
    const [, x, y] = PIN.exec(context.req.query('pin') ?? '') ?? [];
    const content = context.get('content');
    const pin = x === undefined ? undefined : ([Number(x), Number(y)] as const);
    context.header('Content-Type', 'image/svg+xml; charset=utf-8');
    context.header('Cache-Control', 'no-cache');
    context.header('X-Content-Type-Options', 'nosniff');
    context.header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'");
    return context.body(mapSvg(countyOf(content), pin, siteSettingsOf(content).themeColor));
  });

  app.get('/change', async (context) => {
    const words = (context.req.query('words') ?? '').trim().slice(0, 60);
    const lists = await Promise.all(RESULT_TYPES.map(({ name }) => newsroom.list(`content/${name}`)));
    const found = upcomingOf(
      lists.flatMap((list) => list ?? []),
      today(),
    );
    return changePage(
      context,
      found.filter(({ data }) => String(data.title ?? '').includes(words)),
      words,
    );
  });

  for (const task of [newEvent, newStop]) app.route(`/${task.path}`, newTaskRoutes(task, parts));
  for (const task of [reschedule, cancel]) app.route(`/${task.path}`, changeRoutes(task, parts));
  return app;
}
