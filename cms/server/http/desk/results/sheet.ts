import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { now, today } from '../../../../../src/calendar/today.ts';
import { lastDayOf } from '../../../../results/happening.ts';
import { shapeOf } from '../../../../../src/model/schema.ts';
import { events } from '../../../../../src/types/events.ts';
import { indicators } from '../../../../../src/types/statistics.ts';
import { readFileParts } from '../../../../documents/format.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';
import { indicatorsIn, sheetIndicators } from '../../../../results/dictionary.ts';
import { readTableOf } from '../../../../sheets/reading.ts';
import { resultsColumns, resultsSpec } from '../../../../sheets/results/columns.ts';
import { planResults } from '../../../../sheets/results/importing.ts';
import { resultsRows, resultsXlsx } from '../../../../sheets/results/writing.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import type { Markup } from '../../page/index.ts';
import { download } from '../../page/download.ts';
import { checkWith, fileForm, type SaveDraft, sheetImportRoutes } from '../sheet-import/index.ts';
import { RESULT_TYPES } from '../../../../results/happening.ts';

/** 成果表格: the results of many events in a spreadsheet, with a preview of every row. */

export interface ResultsSheetParts {
  newsroom: Pick<Newsroom, 'folder' | 'waiting'>;
  saveDraft: SaveDraft;
  audit: Audit;
}

const WORDS = {
  title: '成果表格',
  home: 'results/sheet',
  entry: '活动',
  unit: '个活动',
  guess: '没有日历编号，按标题和日期认出是已有的活动。',
};

export function resultsSheetRoutes({ newsroom, saveDraft, audit }: ResultsSheetParts): Hono<Signed> {
  const readAll = () => RESULT_TYPES.flatMap(({ name }) => newsroom.folder(`content/${name}`) ?? []);

  const dictionaryOf = (context: Context<Signed>) => context.get('content').list(indicators).items;
  /** @param used data of the entries in the sheet */
  const columnsOf = (context: Context<Signed>, used: readonly Record<string, unknown>[]) =>
    resultsColumns(
      sheetIndicators(dictionaryOf(context), used.flatMap(indicatorsIn)),
      shapeOf(events.schema).sessions !== undefined,
    );

  const app = sheetImportRoutes({
    words: WORDS,
    startPage: (context) => startPage(context, yearsOf(readAll())),
    async plan(context, bytes) {
      const content = context.get('content');
      const dictionary = dictionaryOf(context);
      const all = resultsColumns(dictionary, shapeOf(events.schema).sessions !== undefined);
      const table = await readTableOf(bytes, resultsSpec(all));
      const rows = await planResults(table, {
        files: readAll(),
        dictionary,
        now: now(),
        makeUid: () => crypto.randomUUID(),
        inspect: checkWith(content),
      });
      return { rows, unknown: table.unknown };
    },
    saveDraft,
    waiting: (person) => newsroom.waiting(person),
    audit,
  });

  app.get('/template.xlsx', async (context) => {
    const year = /^\d{4}$/.exec(context.req.query('year') ?? '')?.[0] ?? today().slice(0, 4);
    const over = readAll().filter(({ text }) => {
      const last = lastDayOf(dataOf(text));
      return last.startsWith(year) && last <= today();
    });
    const columns = columnsOf(
      context,
      over.map(({ text }) => dataOf(text)),
    );
    const target = `成果表格 ${year}年 ${over.length} 个活动`;
    audit.write({ person: context.get('person'), action: 'export', target });
    const file = await resultsXlsx(resultsRows(over, columns), columns);
    return download(context, file, `活动成果${year}-${today()}.xlsx`);
  });
  return app;
}

function dataOf(text: string): Record<string, unknown> {
  try {
    return readFileParts(text, 'mdx').data;
  } catch {
    return {};
  }
}

/** The years in which something is over, the latest first. */
const yearsOf = (files: readonly StoredFile[]): string[] => {
  const days = files.map(({ text }) => lastDayOf(dataOf(text))).filter((day) => day && day <= today());
  return [...new Set(days.map((day) => day.slice(0, 4)))].sort().reverse();
};

const startPage = (context: Context<Signed>, years: readonly string[]): Markup =>
  html`<section class="panel" aria-labelledby="template">
      <h2 id="template">1. 下载表格</h2>
      <p>已经过去的活动和大篷车站次都填好在里面，一行一个；只填数，别的列不用动。</p>
      ${years.length === 0 && html`<p class="empty">还没有过去的活动。</p>`}
      <p class="actions">
        ${years.map((year) => html`<a class="button plain" href="template.xlsx?year=${year}">${year}年</a>`)}
      </p>
    </section>
    <section class="panel" aria-labelledby="import">
      <h2 id="import">2. 填好以后导入</h2>
      ${fileForm(context, html`<a class="button plain" href="../">返回</a>`)}
      <ul>
        <li>不知道的数空着，不要写 0；空着的格子不会改动原来的内容。约数写「约 1800」。</li>
        <li>填了数、「状态」空着，就是「完成」；没有办的写「取消」和原因。</li>
        <li>表里没有的活动，在下面加一行：写标题、开始、种类、地点，「日历编号」空着，就新建一条。</li>
        <li>导入的都存成草稿，审核、发布照常。</li>
      </ul>
    </section>`;
