import { type Context, Hono } from 'hono';
import { hasRole } from '../../../../protocol/roles.ts';
import { stepsForStaff } from '../../../../first-run/staff.ts';
import { Refused } from '../../../services/refused.ts';
import type { Signed } from '../../access.ts';
import { type Markup, rootOf } from '../../page/index.ts';
import { listSteps } from './list-steps.ts';
import type { FirstRunParts } from './parts.ts';
import * as pages from './pages.ts';
import { formOf, takeStep, textOf } from './posted.ts';
import { settingsSteps } from './settings-steps.ts';
import { STEPS } from './steps.ts';

/** 开站向导: what an administrator does once, from the demo county to the first article of the own one. */

export function firstRunPages({ run, settings, audit, previews }: FirstRunParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/', (context) => pages.overview(context, run, !settings.current().firstRunReminder));
  app.post('/', async (context) => {
    const isOn = textOf(await formOf(context), 'remind') === 'on';
    settings.change({ ...settings.current(), firstRunReminder: isOn });
    return context.redirect('./?done=1', 303);
  });

  app.route('/', settingsSteps({ run, audit, previews }));
  app.route('/', listSteps({ run, audit }));

  const staff = (context: Context<Signed>, told: pages.Typed = {}) =>
    pages.stepPage(context, 'staff', pages.staffForm(context, settings.current().steps), told);
  app.get('/staff', (context) => staff(context));
  app.post('/staff', async (context) => {
    const people = Number(textOf(await formOf(context), 'people'));
    return takeStep(
      { audit },
      context,
      'staff',
      async () => {
        if (!Number.isInteger(people) || people < 1) throw new Refused(422, '请选有几个人');
        settings.change({ ...settings.current(), steps: [...stepsForStaff(people)] });
        return undefined;
      },
      (told) => staff(context, told),
    );
  });

  app.get('/article', (context) =>
    pages.stepPage(context, 'article', pages.articleStep(context, settings.current().steps)),
  );
  return app;
}

/** What is left of the first run, above 待办; nothing for who cannot do it, or when it is done or dismissed. */
export const firstRunNotice =
  ({ run, settings }: Pick<FirstRunParts, 'run' | 'settings'>) =>
  (context: Context<Signed>): Markup | undefined => {
    if (!settings.current().firstRunReminder || !hasRole(context.get('person'), 'administrator'))
      return undefined;
    const left = STEPS.filter(({ isDone }) => isDone && !isDone(run)).length;
    return left > 0 ? pages.reminder(rootOf(context), left, run.isToBegin()) : undefined;
  };
