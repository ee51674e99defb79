import { type Context, Hono } from 'hono';
import { hasRole } from '../../../../protocol/roles.ts';
import type { Reports } from '../../../services/reports/index.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import { download } from '../../page/download.ts';
import { deskPage } from '../../page/index.ts';
import { formOf } from '../../page/forms.ts';
import { draftPage, startPage, TITLE } from './pages.ts';

/** 工作汇报: makes drafts, keeps them, and hands out the files of each. */

export interface ReportPageParts {
  reports: Reports;
  audit: Audit;
}

/** Years that the form takes; a year without records gives a short report that says so. */
export const yearIn = (text: string | undefined): number | undefined => {
  const year = Number(text);
  return /^\d{4}$/.test(text ?? '') && year >= 1950 && year <= 2100 ? year : undefined;
};

export function reportPage({ reports, audit }: ReportPageParts): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });
  const start = (context: Context<Signed>, problem?: string) => startPage(context, reports, problem);
  const gone = (context: Context<Signed>) =>
    deskPage(context, {
      title: TITLE,
      problem: '没有这份草稿，可能已经删去了。',
      body: [],
      status: 404,
    });

  app.get('/', (context) => start(context));

  app.post('/', async (context) => {
    const year = yearIn((await formOf(context)).year);
    if (year === undefined) return start(context, '请选择年份');
    const person = context.get('person');
    if (!reports.start(year, person)) return start(context, '正在生成一份，请等它好了再来。');
    audit.write({ person, action: 'export', target: `${year}年工作汇报` });
    return context.redirect('./', 303);
  });

  app.get('/draft/:id', (context) => {
    const draft = reports.read(context.req.param('id'));
    return draft ? draftPage(context, draft) : gone(context);
  });

  app.get('/draft/:id/file/:name', (context) => {
    const { id, name } = context.req.param();
    const bytes = reports.file(id, name);
    return bytes ? download(context, bytes, name) : gone(context);
  });

  app.post('/draft/:id/remove', (context) => {
    const person = context.get('person');
    const draft = reports.read(context.req.param('id'));
    if (!draft) return gone(context);
    if (draft.by.login !== person.login && !hasRole(person, 'publisher'))
      return start(context, '别人的草稿要「发布」以上的人才能删去。');
    reports.remove(draft.id);
    audit.write({ person, action: 'delete', target: `${draft.year}年工作汇报草稿 ${draft.id}` });
    return context.redirect('../../../', 303);
  });
  return app;
}
