import type { Context } from 'hono';
import { html } from 'hono/html';
import type { Problem } from '../../../../../src/model/problems.ts';
import { type ImportRow, ROW_KINDS } from '../../../../sheets/import-row.ts';
import { MAX_ROWS } from '../../../../sheets/reading.ts';
import type { Outcome, Preview } from '../../../../sheets/previews.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';

/** The pages of an import: look at what every row would do, and read what happened. */

/** How the pages of one kind of sheet speak. */
export interface ImportWords {
  /** Name of the sheet's page. */
  title: string;
  /** Its address below `admin/desk/`. */
  home: string;
  /** What a row is: 站次, 活动. */
  entry: string;
  /** The same as a unit: 站, 个活动. */
  unit: string;
  /** How a row without an identifier was recognised. */
  guess: string;
}

/** The form that a sheet is chosen in; `others` are what else can be done. */
export const fileForm = (context: Context, others: Markup): Markup =>
  html`<form class="form" method="post" enctype="multipart/form-data">
    ${csrfField(context)}
    <label
      >选择文件
      <input type="file" name="file" required accept=".xlsx,.csv" />
      <small>Excel 或 WPS 的 .xlsx、.csv，最多 ${MAX_ROWS} 行。先看到每一行会怎样，确认以后才保存。</small>
    </label>
    <p class="actions">
      <button>看看会怎样</button>
      ${others}
    </p>
  </form>`;

/** Rows that an import saves. */
export const toSave = (rows: readonly ImportRow[]) =>
  rows.filter(({ kind }) => kind === 'new' || kind === 'changed');

/** Answer when a preview has expired. */
export const gone = (context: Context, { title, home }: ImportWords) =>
  deskPage(context, {
    title,
    problem: '这份预览已经用过或过期了（只留半小时），没有保存任何内容。请重新选择文件。',
    body: html`<p><a class="button" href="${rootOf(context)}admin/desk/${home}/">重新导入</a></p>`,
    status: 404,
  });

const TONES: Readonly<Partial<Record<ImportRow['kind'], string>>> = {
  new: 'good',
  changed: 'good',
  error: 'bad',
};

export function previewPage(context: Context, { name, rows, unknown }: Preview, words: ImportWords) {
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
        ${csrfField(context)} ${good > 0 && html`<button>把 ${good} ${words.unit}存成草稿</button>`}
        <a class="button plain" href="../../">不保存，重新选择文件</a>
      </form>
      <div class="scroll" tabindex="0" role="region" aria-label="每一行会怎样">
        <table>
          <thead>
            <tr>
              <th scope="col">行</th>
              <th scope="col">${words.entry}</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map((row) => rowMarkup(row, words))}
          </tbody>
        </table>
      </div>`,
  });
}

const rowMarkup = (
  { number, kind, title, start, problems, changes, isGuess }: ImportRow,
  { guess }: ImportWords,
): Markup =>
  html`<tr>
    <td>${number}<br /><span class="tag ${TONES[kind] ?? ''}">${ROW_KINDS[kind]}</span></td>
    <td>
      <b>${title}</b> ${start} ${isGuess && html`<br />${guess}`}
      ${
        kind !== 'error' &&
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

export function resultPage(
  context: Context,
  { name, saved, failed }: Outcome,
  { unit }: ImportWords,
  next?: Markup,
) {
  const root = rootOf(context);
  return deskPage(context, {
    title: '导入结果',
    notice: `「${name}」：${saved.length} ${unit}已存成草稿。`,
    problem: failed.length > 0 ? `${failed.length} ${unit}没有存下，原因在下面。` : undefined,
    body: html`<div class="actions">
        ${next} <a class="button plain" href="${root}admin/desk/overview/">去待办</a>
        <a class="button plain" href="../../">再导入一份</a>
      </div>
      ${
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
      }`,
  });
}
