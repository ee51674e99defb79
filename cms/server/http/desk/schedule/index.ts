import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { schoolYearOf } from '../../../../../src/calendar/month.ts';
import { now, today } from '../../../../../src/calendar/today.ts';
import type { Problem } from '../../../../../src/model/problems.ts';
import { readFileParts } from '../../../../documents/format.ts';
import { type ImportRow, planImport, ROW_KINDS } from '../../../../sheets/importing.ts';
import { keepPreviews, type Outcome, type Preview } from '../../../../sheets/previews.ts';
import { MAX_FILE_BYTES, MAX_ROWS, readTable, SheetRefusal } from '../../../../sheets/reading.ts';
import { scheduleCsv, scheduleRows, scheduleXlsx } from '../../../../sheets/writing.ts';
import type { Audit } from '../../../stores/audit.ts';
import { existingSlugs, inspect } from '../../../services/gate.ts';
import type { Person } from '../../../../protocol/roles.ts';
import { placeOf } from '../../../../documents/places.ts';
import { planningReference } from '../../../services/planning.ts';
import { allNames } from '../../../services/uses.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';
import type { Names, StoredFile } from '../../../../protocol/entries.ts';
import type { Signed } from '../../access.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { csrfField } from '../../page/forms.ts';

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
  /** Titles of everything that a stop can refer to. */
  names?: () => Promise<Names>;
}

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const CSV = 'text/csv; charset=utf-8';
const TITLE = '日程表格';
/** What is handed in together, the newsroom commits together. */
const SAVED_AT_ONCE = 20;

export function scheduleSheetRoutes({
  readStops,
  saveDraft,
  audit,
  names = allNames,
}: ScheduleSheetOptions): Hono<Signed> {
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
      const slugs = existingSlugs();
      const rows = await planImport(table, {
        stops: readStops(),
        names: await names(),
        reference: planningReference(),
        now: now(),
        makeUid: () => crypto.randomUUID(),
        inspect: (path, text) => {
          const place = placeOf(path);
          return place ? inspect(place, text, slugs) : [];
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
    const known = await names();
    return download(context, await scheduleXlsx(scheduleRows([], known), known), XLSX, '大篷车日程模板.xlsx');
  });

  for (const format of ['xlsx', 'csv'] as const)
    app.get(`/export.${format}`, async (context) => {
      const year = /^\d{4}$/.exec(context.req.query('year') ?? '')?.[0];
      const stops = readStops().filter(({ text }) => !year || yearOf(text) === year);
      const known = await names();
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

const toSave = (rows: readonly ImportRow[]) =>
  rows.filter(({ kind }) => kind === 'new' || kind === 'changed');

function download(context: Context, content: Buffer | string, type: string, name: string) {
  context.header('Content-Type', type);
  context.header('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
  context.header('Cache-Control', 'no-store');
  context.header('X-Content-Type-Options', 'nosniff');
  return context.body(typeof content === 'string' ? content : new Uint8Array(content));
}

/** The year in which the school year of a stop begins; undefined for a file that cannot be read. */
function yearOf(text: string): string | undefined {
  try {
    return schoolYearOf(String(readFileParts(text, 'mdx').data.start)).from.slice(0, 4);
  } catch {
    return undefined;
  }
}

const yearsOf = (stops: readonly StoredFile[]) =>
  [...new Set(stops.flatMap(({ text }) => yearOf(text) ?? []))].sort().reverse();

const gone = (context: Context) =>
  deskPage(context, {
    title: TITLE,
    problem: '这份预览已经用过或过期了（只留半小时），没有保存任何内容。请重新选择文件。',
    body: html`<p><a class="button" href="${rootOf(context)}admin/desk/schedule/">重新导入</a></p>`,
    status: 404,
  });

const startPage = (context: Context, years: readonly string[]): Markup =>
  html`<section class="panel" aria-labelledby="import">
      <h2 id="import">从表格导入</h2>
      <form class="form" method="post" enctype="multipart/form-data">
        ${csrfField(context)}
        <label
          >选择文件
          <input type="file" name="file" required accept=".xlsx,.csv" />
          <small
            >Excel 或 WPS 的 .xlsx、.csv，最多 ${MAX_ROWS} 行。先看到每一行会怎样，确认以后才保存。</small
          >
        </label>
        <p class="actions">
          <button>看看会怎样</button>
          <a class="button plain" href="template.xlsx">下载模板</a>
        </p>
      </form>
      <ul>
        <li>第一行是列名，和编辑后台里的一样；学校、乡镇、车辆写名称就行，日期写 2026/9/1 9:00 的样子。</li>
        <li>有「日历编号」的行改已有的那一站，没有的新建一站；表里没有的站不会动，更不会删除。</li>
        <li>改已有的站时，空着的格子会去掉原来的内容；不想动的列，整列删掉再导入。</li>
        <li>导入的都存成草稿，审核、发布照常。</li>
      </ul>
    </section>
    <section class="panel" aria-labelledby="export">
      <h2 id="export">导出成表格</h2>
      <p>导出的表改好以后可以再导入。大家的草稿也在里面。</p>
      ${years.length === 0 && html`<p class="empty">还没有站次。</p>`}
      ${
        years.length > 0 &&
        html`${years.map((year) => exportLinks(schoolYearOf(`${year}-08-01`).label, `?year=${year}`))}
        ${exportLinks('全部', '')}`
      }
    </section>`;

const exportLinks = (label: string, query: string) =>
  html`<p class="actions">
    <span>${label}</span>
    <a class="button plain" href="export.xlsx${query}">Excel 表格</a>
    <a class="button plain" href="export.csv${query}">CSV</a>
  </p>`;

const TONES: Readonly<Partial<Record<ImportRow['kind'], string>>> = {
  new: 'good',
  changed: 'good',
  error: 'bad',
};

function previewPage(context: Context, { name, rows, unknown }: Preview) {
  const count = (kind: ImportRow['kind']) => rows.filter((row) => row.kind === kind).length;
  const good = toSave(rows).length;
  const errors = count('error');
  const counts = Object.entries(ROW_KINDS)
    .map(([kind, label]) => `${label} ${count(kind as ImportRow['kind'])} 行`)
    .join('，');
  return deskPage(context, {
    title: '导入预览',
    problem: errors > 0 ? `有 ${errors} 行要改，改好以前不会保存；别的行可以先保存。` : undefined,
    body: html`<p>「${name}」：${counts}。还没有保存任何内容。</p>
      ${unknown.length > 0 && html`<p class="notice">这些列不认识，没有用到：${unknown.join('、')}</p>`}
      <form method="post" class="actions">
        ${csrfField(context)} ${good > 0 && html`<button>把 ${good} 站存成草稿</button>`}
        <a class="button plain" href="../../">不保存，重新选择文件</a>
      </form>
      <div class="scroll" tabindex="0" role="region" aria-label="每一行会怎样">
        <table>
          <thead>
            <tr>
              <th scope="col">行</th>
              <th scope="col">站次</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map(rowMarkup)}
          </tbody>
        </table>
      </div>`,
  });
}

const rowMarkup = ({ number, kind, title, start, problems, changes, isGuess }: ImportRow): Markup =>
  html`<tr>
    <td>${number}<br /><span class="tag ${TONES[kind] ?? ''}">${ROW_KINDS[kind]}</span></td>
    <td>
      <b>${title}</b> ${start} ${isGuess && html`<br />没有日历编号，按学校和时间认出是已有的一站。`}
      ${
        kind === 'changed' &&
        changes.length > 0 &&
        html`<ul>
          ${changes.map(
            ({ label, from, to }) =>
              html`<li>
                ${label}：${from ? html`<del>${from}</del>` : '（空）'} →
                ${to ? html`<ins>${to}</ins>` : '（空）'}
              </li>`,
          )}
        </ul>`
      }
      ${
        problems.length > 0 &&
        html`<ul>
          ${problems.map(problemMarkup)}
        </ul>`
      }
    </td>
  </tr>`;

const problemMarkup = ({ severity, field = '', message }: Problem): Markup =>
  html`<li>
    <span class="tag ${severity === 'error' ? 'bad' : ''}">${severity === 'error' ? '错误' : '提醒'}</span>
    ${field}${message}
  </li>`;

function resultPage(context: Context, { name, saved, failed }: Outcome) {
  const root = rootOf(context);
  return deskPage(context, {
    title: '导入结果',
    notice: `「${name}」：${saved.length} 站已存成草稿。`,
    problem: failed.length > 0 ? `${failed.length} 站没有存下，原因在下面。` : undefined,
    body: html`${
        failed.length > 0 &&
        html`<section class="panel">
          <h2>没有存下的</h2>
          <ul>
            ${failed.map(({ row, message }) => html`<li>第 ${row.number} 行「${row.title}」：${message}</li>`)}
          </ul>
        </section>`
      }
      ${
        saved.length > 0 &&
        html`<section class="panel">
          <h2>已存成草稿的</h2>
          <ul>
            ${saved.map(
              ({ path, title, kind }) =>
                html`<li><a href="${editorAddress(root, path)}">${title}</a>（${ROW_KINDS[kind]}）</li>`,
            )}
          </ul>
        </section>`
      }
      <p class="actions">
        <a class="button" href="${root}admin/desk/overview/">去待办送审</a>
        <a class="button plain" href="../../">再导入一份</a>
      </p>`,
  });
}
