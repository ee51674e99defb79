import type { Hono } from 'hono';
import { now, today } from '../../../../../src/calendar/today.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';
import { planImport } from '../../../../sheets/importing.ts';
import { readTable } from '../../../../sheets/reading.ts';
import { scheduleCsv, scheduleRows, scheduleXlsx } from '../../../../sheets/writing.ts';
import { planningReference } from '../../../services/planning.ts';
import { allNames } from '../../../services/uses.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import { download } from '../../page/download.ts';
import { checkWith, type SaveDraft, type SheetImport, sheetImportRoutes } from '../sheet-import/index.ts';
import { startPage, TITLE } from './pages.ts';
import { yearOf, yearsOf } from './school-years.ts';

/** 日程表格: the caravan's schedule into and out of a spreadsheet. */

export interface ScheduleSheetOptions extends Pick<SheetImport, 'waiting'> {
  /** Every stop as the office has it now, drafts in place of what is published. */
  readStops: () => readonly StoredFile[];
  saveDraft: SaveDraft;
  audit: Audit;
}

const WORDS = {
  title: TITLE,
  home: 'schedule',
  entry: '站次',
  unit: '站',
  guess: '没有日历编号，按学校和时间认出是已有的一站。',
};

export function scheduleSheetRoutes({
  readStops,
  saveDraft,
  waiting,
  audit,
}: ScheduleSheetOptions): Hono<Signed> {
  const app = sheetImportRoutes({
    words: WORDS,
    startPage: (context) => startPage(context, yearsOf(readStops())),
    async plan(context, bytes) {
      const table = await readTable(bytes);
      const content = context.get('content');
      const rows = await planImport(table, {
        stops: readStops(),
        names: await allNames(content),
        reference: planningReference(content),
        now: now(),
        makeUid: () => crypto.randomUUID(),
        inspect: checkWith(content),
      });
      return { rows, unknown: table.unknown };
    },
    saveDraft,
    waiting,
    audit,
  });

  app.get('/template.xlsx', async (context) => {
    const known = await allNames(context.get('content'));
    return download(context, await scheduleXlsx(scheduleRows([], known), known), '大篷车日程模板.xlsx');
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
      return download(context, format === 'csv' ? scheduleCsv(rows) : await scheduleXlsx(rows, known), name);
    });
  return app;
}
