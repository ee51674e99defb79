import type { Context } from 'hono';
import { html } from 'hono/html';
import { formatProblem, type Problem } from '../../../../../src/model/problems.ts';
import { type Block, blanksIn, changeLines, type Report, type Run } from '../../../../../src/report/index.ts';
import {
  type DraftMade,
  type Job,
  progressOf,
  type Reports,
  STEPS,
} from '../../../services/reports/index.ts';
import type { DraftInfo, KeptDraft } from '../../../stores/report-drafts.ts';
import type { Signed } from '../../access.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';

/** The pages of 工作汇报: choose a year, watch the progress, look at a draft. */

export const TITLE = '工作汇报';

const REFRESH_SECONDS = 2;

/** The desk's link to the outline in the editor. */
const outlineAddress = (context: Context) => `${rootOf(context)}admin/#/collections/data/entries/report`;

export function startPage(context: Context<Signed>, reports: Reports, problem?: string) {
  const job = reports.job();
  const failure = job ? undefined : reports.failure();
  return deskPage(context, {
    title: TITLE,
    problem: problem ?? (failure && `${failure.year}年：${failure.message}`),
    status: problem === undefined ? 200 : 422,
    refreshSeconds: job ? REFRESH_SECONDS : undefined,
    body: html`${failure && problemList(failure.problems)}
    ${job ? progress(job) : form(context, reports.years())} ${draftList(reports.list())}`,
  });
}

const form = (context: Context, years: readonly number[]): Markup =>
  html`<section class="panel" aria-labelledby="make">
    <h2 id="make">生成一份草稿</h2>
    <p>
      按<a href="${outlineAddress(context)}">提纲</a
      >把这一年已发布的记录写成汇报：数字都带脚注，没有填的写【待填】，前后不一致的列进附件。
    </p>
    ${years.length === 0 && html`<p class="empty">还没有哪一年有记录。先录入活动、站次、阵地、荣誉，再来生成。</p>`}
    <form class="form" method="post">
      ${csrfField(context)}
      <label
        >年份
        <input
          name="year"
          required
          inputmode="numeric"
          pattern="\\d{4}"
          list="years"
          value="${years[0] ?? ''}"
        />
        <datalist id="years">${years.map((year) => html`<option value="${year}"></option>`)}</datalist>
        <small>${years.length > 0 ? `有记录的年份：${years.join('、')}` : '四位数字'}</small>
      </label>
      <p class="actions"><button>生成草稿</button></p>
    </form>
  </section>`;

const progress = (job: Job): Markup =>
  html`<section class="panel" aria-labelledby="progress" aria-live="polite">
    <h2 id="progress">正在生成${job.year}年的草稿</h2>
    <p>
      <progress max="1" value="${progressOf(job)}" aria-label="进度"></progress>
      ${STEPS[job.step]}（第 ${job.step + 1} 步，共 ${STEPS.length} 步）
    </p>
    <p class="muted">
      ${job.by}开始的；这一页每 ${REFRESH_SECONDS} 秒刷新一次，离开也不要紧，好了在下面的列表里。
    </p>
  </section>`;

const problemList = (problems: readonly Problem[]): Markup =>
  html`${
    problems.length > 0 &&
    html`<ul class="problem">
      ${problems.map((one) => html`<li>${formatProblem(one)}</li>`)}
    </ul>`
  }`;

function draftList(drafts: readonly DraftInfo[]): Markup {
  if (drafts.length === 0) return html`<p class="empty">还没有草稿。</p>`;
  return html`<h2>草稿</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="草稿">
      <table>
        <thead>
          <tr>
            <th scope="col">年份</th>
            <th scope="col">什么时候</th>
            <th scope="col">谁</th>
            <th scope="col">下载</th>
          </tr>
        </thead>
        <tbody>
          ${drafts.map(
            (draft) =>
              html`<tr>
                <th scope="row"><a href="draft/${draft.id}/">${draft.year}年</a></th>
                <td>${timeOf(draft.at)}</td>
                <td>${draft.by.name}</td>
                <td>${fileLinks(draft, `draft/${draft.id}/`)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
}

const fileLinks = ({ files }: DraftInfo, base: string): Markup =>
  html`<ul class="plain">
    ${files.map((name) => html`<li><a href="${base}file/${encodeURIComponent(name)}">${name}</a></li>`)}
  </ul>`;

export function draftPage(context: Context<Signed>, draft: KeptDraft<DraftMade>) {
  const { year, at, by, made, id } = draft;
  const { report, changes, isSample, leftOut } = made;
  const blanks = blanksIn(report);
  return deskPage(context, {
    title: report.title,
    notice: isSample
      ? '这个网站还没有自己的提纲，用的是随程序来的示例提纲。可以在「设置和名录 → 工作汇报提纲」里写一份自己的。'
      : undefined,
    body: html`<p>
        ${timeOf(at)}，${by.name}生成。待填 ${blanks} 处，待核 ${report.doubts.length} 项，脚注
        ${report.notes.length} 条。
      </p>
      ${fileLinks(draft, '')}
      ${
        leftOut.length > 0 &&
        html`<section class="panel">
          <h2>没有算进去的记录</h2>
          <p>这些记录有错误，改好以后再生成一次。</p>
          ${problemList(leftOut)}
        </section>`
      }
      ${
        changes &&
        html`<section class="panel">
          <h2>与上一稿相比</h2>
          ${lines(changeLines(changes), '没有变化。')}
        </section>`
      }
      ${
        report.doubts.length > 0 &&
        html`<section class="panel">
          <h2>待核对的数据</h2>
          <ul>
            ${report.doubts.map(({ title, text }) => html`<li><b>${title}</b>：${text}</li>`)}
          </ul>
        </section>`
      }
      <section class="panel">
        <h2>正文</h2>
        ${report.blocks.map((block) => blockMarkup(block, report))}
      </section>
      <form method="post" action="remove/" class="actions">
        ${csrfField(context)}<button class="warn">删去这份草稿</button>
        <a class="button plain" href="../../">返回${year}年的草稿</a>
        <small>编号 ${id}</small>
      </form>`,
  });
}

const lines = (texts: readonly string[], none: string): Markup =>
  texts.length > 0
    ? html`<ul>
        ${texts.map((text) => html`<li>${text}</li>`)}
      </ul>`
    : html`<p>${none}</p>`;

function blockMarkup(block: Block, report: Report): Markup {
  if (block.kind === 'heading')
    return block.level === 1 ? html`<h3>${block.text}</h3>` : html`<h4>${block.text}</h4>`;
  const runs = block.sentences.flatMap(({ runs }) => runs);
  return html`<p>${block.lead && html`<b>${block.lead}</b>`}${runs.map((run) => runMarkup(run, report))}</p>`;
}

/** A figure opens the first of the records that it comes from. */
function runMarkup({ text, mark, note }: Run, { notes }: Report): Markup {
  const said = mark ? html`<mark>${text}</mark>` : html`${text}`;
  const [source] = note === undefined ? [] : (notes[note - 1]?.sources ?? []);
  return source?.address
    ? html`${said}<sup><a href="${source.address}" title="${source.title}">${note}</a></sup>`
    : said;
}
