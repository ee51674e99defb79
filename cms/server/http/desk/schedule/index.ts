import { type Context, Hono } from 'hono';
import { now, today } from '../../../../../src/calendar/today.ts';
import type { ImportRow } from '../../../../sheets/import-row.ts';
import { planImport } from '../../../../sheets/importing.ts';
import { keepPreviews, type Outcome } from '../../../../sheets/previews.ts';
import { MAX_FILE_BYTES, readTable, SheetRefusal } from '../../../../sheets/reading.ts';
import { scheduleCsv, scheduleRows, scheduleXlsx } from '../../../../sheets/writing.ts';
import type { Audit } from '../../../stores/audit.ts';
import { existingSlugs, validate } from '../../../services/validation.ts';
import type { Person } from '../../../../protocol/roles.ts';
import { placeOf } from '../../../../documents/places.ts';
import { planningReference } from '../../../services/planning.ts';
import { openDocument } from '../../../stores/content/entry-document.ts';
import { allNames } from '../../../services/uses.ts';
import { deskPage } from '../../page/index.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';
import type { Signed } from '../../access.ts';
import { TITLE, startPage, previewPage, gone, toSave, resultPage } from './pages.ts';
import { yearsOf, yearOf } from './school-years.ts';

/** 日程表格: the caravan's schedule into and out of a spreadsheet. */

export interface ScheduleSheetOptions {
  /** Every stop as the office has it now, drafts in place of what is published. */
  readStops: () => readonly StoredFile[];
  /** Saves one stop as a draft; `version` is what the preview was made from, null for a new stop. */
  saveDraft: (draft: {
    path: string;
    text: string;
    version: string | null;
    person: Person;
  }) => Promise<unknown>;
  audit: Audit;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv; charset=utf-8';
/** Drafts that are saved at the same time are committed together. */
const SAVED_AT_ONCE = 20;

export function scheduleSheetRoutes({ readStops, saveDraft, audit }: ScheduleSheetOptions): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });
  const previews = keepPreviews();

  const start = (context: Context, problem?: string) =>
    deskPage(context, {
      title: TITLE,
      problem,
      body: startPage(context, yearsOf(readStops())),
      status: problem === undefined ? 200 : 422,
    });

  app.get('/', (context) => start(context));

  app.post('/', async (context) => {
    const { file } = await context.req.parseBody();
    if (!(file instanceof File) || file.size === 0) return start(context, '请先选择文件');
    if (file.size > MAX_FILE_BYTES) return start(context, tooLarge());
    try {
      const table = await readTable(new Uint8Array(await file.arrayBuffer()));
      const content = context.get('content');
      const slugs = existingSlugs(content);
      const rows = await planImport(table, {
        stops: readStops(),
        names: await allNames(content),
        reference: planningReference(content),
        now: now(),
        makeUid: () => crypto.randomUUID(),
        inspect: (path, text) => {
          const place = placeOf(content, path);
          return place ? validate(openDocument(place, text), slugs) : [];
        },
      });
      const name = file.name.slice(0, 100);
      const token = previews.keep(context.get('person').id, { name, rows, unknown: table.unknown });
      return context.redirect(`./preview/${token}/`, 303);
    } catch (error) {
      if (error instanceof SheetRefusal) return start(context, error.message);
      throw error;
    }
  });

  app.get('/preview/:token', (context) => {
    const preview = previews.read(context.get('person').id, context.req.param('token'));
    return preview ? previewPage(context, preview) : gone(context);
  });

  app.post('/preview/:token', async (context) => {
    const person = context.get('person');
    const token = context.req.param('token');
    const preview = previews.take(person.id, token);
    if (!preview) return gone(context);
    const outcome: Outcome = { name: preview.name, saved: [], failed: [] };
    const save = async (row: ImportRow) => {
      const { path, text, version } = row;
      try {
        await saveDraft({ path, text, version, person });
        outcome.saved.push(row);
      } catch (error) {
        if (!/\p{Script=Han}/u.test((error as Error).message)) console.error(error);
        outcome.failed.push({ row, message: sentenceOf(error as Error) });
      }
    };
    const rows = toSave(preview.rows);
    for (let from = 0; from < rows.length; from += SAVED_AT_ONCE)
      await Promise.all(rows.slice(from, from + SAVED_AT_ONCE).map(save));
    const detail = `存成草稿 ${outcome.saved.length} 站，没有存下 ${outcome.failed.length} 站`;
    audit.write({ person, action: 'import', target: preview.name, detail });
    previews.finish(person.id, token, outcome);
    return context.redirect(`../../result/${token}/`, 303);
  });

  app.get('/result/:token', (context) => {
    const outcome = previews.outcome(context.get('person').id, context.req.param('token'));
    return outcome ? resultPage(context, outcome) : gone(context);
  });

  app.get('/template.xlsx', async (context) => {
    const known = await allNames(context.get('content'));
    return download(context, await scheduleXlsx(scheduleRows([], known), known), XLSX, '大篷车日程模板.xlsx');
  });

  for (const format of ['xlsx', 'csv'] as const)
    app.get(`/export.${format}`, async (context) => {
      const year = /^\d{4}$/.exec(context.req.query('year') ?? '')?.[0];
      const stops = readStops().filter(({ text }) => !year || yearOf(text) === year);
      const known = await allNames(context.get('content'));
      const rows = scheduleRows(stops, known);
      const name = `大篷车日程${year ? `${year}学年` : ''}-${today()}.${format}`;
      const target = `大篷车日程 ${stops.length} 站`;
      audit.write({ person: context.get('person'), action: 'export', target });
      return format === 'csv'
        ? download(context, scheduleCsv(rows), CSV, name)
        : download(context, await scheduleXlsx(rows, known), XLSX, name);
    });
  return app;
}

const tooLarge = () => `文件太大，最多 ${MAX_FILE_BYTES / 1024 / 1024} MB；请分几次导入`;

const sentenceOf = ({ message }: Error) =>
  /\p{Script=Han}/u.test(message) ? message : '没有存下，请再试一次；还不行，请告诉维护网站的人';

function download(context: Context, content: Buffer | string, type: string, name: string) {
  context.header('Content-Type', type);
  context.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  context.header('Cache-Control', 'no-store');
  context.header('X-Content-Type-Options', 'nosniff');
  return context.body(typeof content === 'string' ? content : new Uint8Array(content));
}
