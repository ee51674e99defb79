import { html } from 'hono/html';
import { SUBJECTS, type Subject, subjectOf } from '../../../../../src/checks/index.ts';
import type { Problem } from '../../../../../src/model/problems.ts';
import type { OutsideState } from '../../../services/outside-links/index.ts';
import type { EntryLink } from './entry-links.ts';
import type { Markup } from '../../page/index.ts';
import { timeOf } from '../../page/time.ts';

/** The problems that the checks found, by subject: what it is, how many, what to do, which entries. */

/** Lines that are shown; the others are in a `<details>`. */
const SHOWN_AT_ONCE = 8;
/** Fewer are not worth a `<details>`. */
const LEAST_FOLDED = 3;
const MOST_LISTED = 200;

export interface Group {
  subject: Subject;
  label: string;
  advice: string;
  problems: readonly Problem[];
}

/** The problems by subject, in the order of `SUBJECTS`, errors first; a subject without any is left out. */
export function groupsOf(problems: readonly Problem[]): Group[] {
  const bySubject = Map.groupBy(problems, subjectOf);
  return (Object.keys(SUBJECTS) as Subject[]).flatMap((subject) => {
    const found = bySubject.get(subject);
    if (!found) return [];
    const sorted = [...found].sort((a, b) =>
      a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0,
    );
    return { subject, ...SUBJECTS[subject], problems: sorted };
  });
}

/** A list of which only the first lines show; works without scripts. */
export function foldedList<Item>(items: readonly Item[], lineOf: (item: Item) => Markup): Markup {
  const isFolded = items.length >= SHOWN_AT_ONCE + LEAST_FOLDED;
  const list = (some: readonly Item[]) =>
    html`<ul class="findings">
      ${some.map((item) => html`<li>${lineOf(item)}</li>`)}
    </ul>`;
  if (!isFolded) return list(items);
  const left = items.length - MOST_LISTED;
  return html`${list(items.slice(0, SHOWN_AT_ONCE))}
    <details>
      <summary>还有 ${items.length - SHOWN_AT_ONCE} 处</summary>
      ${list(items.slice(SHOWN_AT_ONCE, MOST_LISTED))}
      ${left > 0 && html`<p>另外 ${left} 处没有列出，请先改好上面这些。</p>`}
    </details>`;
}

/** What a finding offers beside its entry, e.g. a button. */
export type Offer = (problem: Problem) => Markup | undefined;

export const groupPanel = (
  { subject, label, advice, problems }: Group,
  linkTo: EntryLink,
  offer: Offer = () => undefined,
): Markup =>
  html`<section class="panel" aria-labelledby="${subject}">
    <h2 id="${subject}">${label}（${problems.length}）</h2>
    <p>${advice}</p>
    ${foldedList(problems, (problem) => html`${lineOf(problem, linkTo)} ${offer(problem)}`)}
  </section>`;

const lineOf = ({ severity, file, field, message, outside }: Problem, linkTo: EntryLink): Markup =>
  html`${severity === 'error' && html`<strong class="tag bad">要改</strong>`} ${linkTo(file)}
    <span>${field}${message}${outside && html`。<a href="${outside}" rel="noreferrer">打开看看</a>`}</span>`;

/** When all this was looked at, and whether the pages of other sites were. */
export const lookedAt = (at: string, outside: OutsideState): Markup =>
  html`<p class="muted">内容是${timeOf(at)}检查的，发布以后会再查。${outsideText(outside)}</p>`;

function outsideText(outside: OutsideState): string | Markup {
  if (outside.state === 'off') return '外部链接没有检查：「服务器设置」里关掉了。';
  if (outside.state === 'waiting') return '外部链接还没有检查。';
  if (outside.state === 'looking') return '正在检查外部链接，隔一会儿再看。';
  if (!outside.isOnline) return html`<strong>这台机器连不上外网，外部链接没有检查。</strong>`;
  if (outside.looked === 0) return '内容里没有外部链接。';
  const refused = outside.refused > 0 ? `，其中 ${outside.refused} 个通往内部网络，没有打开` : '';
  const left = outside.left > 0 ? `；还有 ${outside.left} 个太多了没有查` : '';
  return `外部链接是${timeOf(outside.at)}检查的，共 ${outside.looked} 个网址${refused}${left}。`;
}
