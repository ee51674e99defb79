import { setTimeout as wait } from 'node:timers/promises';
import { type Context, Hono } from 'hono';
import type { BatchItem, Newsroom, StepOutcome } from '../../../services/newsroom/index.ts';
import { Refused } from '../../../services/refused.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import { subjectOf } from '../../api/subject.ts';
import { completeAll } from './complete.ts';
import { type Job, keepJobs } from './jobs.ts';
import { postedBatch } from './posted.ts';
import { gonePage, lookPage, progressPage, refusedPage, resultPage } from './pages.ts';
import type { BatchStep } from './steps.ts';

/** The same step with many entries: publishing is looked at first, the work goes on while its progress is shown. */

export interface BatchParts {
  newsroom: Pick<Newsroom, 'actAll' | 'read' | 'save' | 'titleOf' | 'waiting'>;
  audit: Audit;
}

/** Work that is done by then is answered with its result at once. */
const PATIENCE_MS = 1500;

/** Routes below `entries/`. */
export function batchRoutes({ newsroom, audit }: BatchParts): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });
  const jobs = keepJobs();

  /** Does the work of a job; its outcome is kept with it. */
  async function run(context: Context<Signed>, job: Job, isAllOrNone: boolean): Promise<void> {
    const { step, items, comment } = job;
    const person = context.get('person');
    const content = context.get('content');
    const onProgress = (done: number) => {
      job.done = done;
    };
    try {
      const outcomes =
        step === 'complete'
          ? await completeAll({ newsroom, content, person }, items, onProgress)
          : await newsroom.actAll(person, items, { action: step, comment, isAllOrNone, onProgress });
      for (const { path, refusal } of outcomes)
        if (!refusal)
          audit.write({
            person,
            action: step === 'complete' ? 'save' : step,
            target: subjectOf(newsroom, path),
            detail: ['多选处理', comment].filter(Boolean).join('：'),
          });
      job.outcomes = outcomes;
    } catch (error) {
      if (!(error instanceof Refused)) console.error(error);
      job.failure =
        error instanceof Refused
          ? error.message
          : '服务器出错了，这一批没有做完。请看「待办」里现在的进度再试';
    }
  }

  async function start(
    context: Context<Signed>,
    wanted: { step: BatchStep; items: readonly BatchItem[]; comment: string },
    { isAllOrNone = false, up = '../' } = {},
  ) {
    const { token, job } = jobs.keep({ personId: context.get('person').id, ...wanted });
    await Promise.race([run(context, job, isAllOrNone), wait(PATIENCE_MS)]);
    return context.redirect(`${up}done/${token}/`, 303);
  }

  /** What would come of publishing each of them. */
  const rehearse = (context: Context<Signed>, items: readonly BatchItem[]): Promise<StepOutcome[]> =>
    newsroom.actAll(context.get('person'), items, { action: 'publish', isRehearsal: true });

  app.post('/act', async (context) => {
    const { step, items, isAll, comment } = await postedBatch(context);
    const person = context.get('person');
    if (!step) return refusedPage(context, '没有选做什么，请返回再按一次按钮');
    const chosen = isAll ? items.filter(isTimeFor(step)) : items;
    if (chosen.length === 0) return refusedPage(context, '一条也没有选，请先勾选，再按按钮');
    if (step === 'return' && !comment)
      return refusedPage(context, '退回时请写明要改什么：一句话，每一条都记上');
    const wanted = { step, items: chosen, comment };
    if (step !== 'publish') return start(context, wanted);
    const { token } = jobs.keep({ personId: person.id, ...wanted });
    return context.redirect(`../look/${token}/`, 303);

    function isTimeFor(what: BatchStep) {
      const waiting = new Map(newsroom.waiting(person).map((draft) => [draft.path, draft]));
      return ({ path }: BatchItem) =>
        what === 'complete' || waiting.get(path)?.actions.includes(what) === true;
    }
  });

  app.get('/look/:token', async (context) => {
    const job = jobs.find(context.get('person').id, context.req.param('token'));
    return job ? lookPage(context, await rehearse(context, job.items)) : gonePage(context);
  });

  app.post('/look/:token', async (context) => {
    const { isAllOrNone, accepted } = await postedBatch(context);
    const job = jobs.take(context.get('person').id, context.req.param('token'));
    if (!job) return gonePage(context);
    const items = job.items.map((item) => ({ ...item, accepted: accepted.get(item.path) }));
    const { step, comment } = job;
    return start(context, { step, items, comment }, { isAllOrNone, up: '../../' });
  });

  app.get('/done/:token', (context) => {
    const person = context.get('person');
    const job = jobs.find(person.id, context.req.param('token'));
    if (!job) return gonePage(context);
    if (job.failure) return refusedPage(context, job.failure, 500);
    if (!job.outcomes) return progressPage(context, job);
    return resultPage(context, job, job.outcomes, {
      actionsOf: new Map(newsroom.waiting(person).map(({ path, actions }) => [path, actions])),
      versionOf: (path) => newsroom.read(path)?.version ?? '',
    });
  });
  return app;
}
