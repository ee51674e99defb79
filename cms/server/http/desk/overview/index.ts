import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Inspection } from '../../../services/inspection/index.ts';
import type { Newsroom, Waiting } from '../../../services/newsroom/index.ts';
import type { OutsideLinks } from '../../../services/outside-links/index.ts';
import type { Releases } from '../../../services/releases.ts';
import type { Health } from '../../../services/upkeep/health.ts';
import type { WorkingCopies } from '../../../services/working-copies/index.ts';
import { clockNotice, troublesNotice } from '../health.ts';
import { afterReviewPanel } from './after-review.ts';
import { clocksPanel, reviewsPanel } from './clocks.ts';
import { entryLinks } from './entry-links.ts';
import { subjectOf } from '../../../../../src/checks/index.ts';
import { formAddress } from '../results/list-page.ts';
import { draftList } from './drafts.ts';
import { type Group, groupPanel, groupsOf, lookedAt, type Offer } from './findings.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';
import { latestReleases, refreshOf, siteState } from './site-state.ts';
import { serverFigures, type ServerNoticesParts, serverProblems } from './server-notices.ts';
import { unsavedPanel } from './unsaved.ts';
import type { Signed } from '../../access.ts';

/** 待办: what waits for this person, all drafts, and what the checks of the content found. */

export interface OverviewParts {
  newsroom: Newsroom;
  releases: Releases;
  inspection: () => Inspection;
  outsideLinks: Pick<OutsideLinks, 'checkIfDue' | 'problems' | 'state'>;
  /** What administrators are told of the server; absent where there is nothing to tell. */
  server?: ServerNoticesParts | undefined;
  health: Health;
  workingCopies: Pick<WorkingCopies, 'list'>;
  /** What is left of the first run, for administrators. */
  firstRunNotice?: ((context: Context<Signed>) => Markup | undefined) | undefined;
}

/** Whether a draft waits for this very person: a review step, or their own that was sent back. */
const isMine = ({ stage, actions, authors }: Waiting, login: string) =>
  stage === 'draft'
    ? authors.some((author) => author.login === login)
    : actions.includes('approve') || actions.includes('return');

export function overviewPage({
  newsroom,
  releases,
  inspection,
  outsideLinks,
  server,
  health,
  workingCopies,
  firstRunNotice,
}: OverviewParts): Hono<Signed> {
  const app = new Hono<Signed>();
  app.get('/', (context) => {
    const root = rootOf(context);
    const person = context.get('person');
    const waiting = newsroom.waiting(person);
    const mine = waiting.filter((draft) => isMine(draft, person.login));
    const others = waiting.filter((draft) => !mine.includes(draft));
    const { problems, clocks, reviews, at } = inspection();
    const groups = groupsOf([...problems, ...outsideLinks.problems()]);
    const status = releases.status();
    const urgent = newsroom.reviewsAfterwards(person);
    const unsaved = workingCopies.list(person);
    // What this person can do comes before what only others can.
    const isUrgentMine = urgent.some((one) => one.isMine);
    const urgentPanel = afterReviewPanel(urgent, root);
    const linkTo = entryLinks(root, context.get('content'), newsroom);
    // The clocks show stale columns already.
    const told = groups.filter(({ subject }) => subject !== 'columns');
    return deskPage(context, {
      title: '待办',
      refreshSeconds: refreshOf(context, status),
      script: waiting.length > 0 ? 'ticks' : undefined,
      body: html`${clockNotice(context, health)} ${troublesNotice(context, health)}
        ${server && serverProblems(person, root, server)} ${siteState(context, status)}
        ${firstRunNotice?.(context)}
        ${atAGlance({ mine: mine.length, urgent: urgent.length, unsaved: unsaved.length }, groups)}
        <section class="panel" aria-labelledby="mine">
          <h2 id="mine">等我处理（${mine.length}）</h2>
          ${mine.length > 0 ? draftList(context, 'mine', mine) : html`<p class="empty">没有等你处理的内容。</p>`}
        </section>
        ${isUrgentMine && urgentPanel} ${unsavedPanel(unsaved, root)} ${!isUrgentMine && urgentPanel}
        <section class="panel" aria-labelledby="others">
          <h2 id="others">大家的草稿（${others.length}）</h2>
          ${others.length > 0 ? draftList(context, 'others', others) : html`<p class="empty">没有别的草稿。</p>`}
        </section>
        ${
          at === undefined
            ? html`<p class="panel" role="status">正在检查全部内容，过一会儿再看。</p>`
            : html`${clocksPanel(clocks, root)} ${reviewsPanel(reviews, root)}
              ${told.map((group) => groupPanel(group, linkTo, resultsOffer(root, waiting)))}
              ${told.length === 0 && html`<p class="panel">全部内容检查过了，没有发现问题。</p>`}
              ${lookedAt(at, outsideLinks.state())}`
        }
        <section class="panel" aria-labelledby="releases">
          <h2 id="releases">最近发布</h2>
          ${latestReleases(releases)}
        </section>
        ${server && serverFigures(person, root, server)}`,
    });
  });
  return app;
}

/** 补成果 beside what lacks results, and whether somebody has begun. */
const resultsOffer =
  (root: string, waiting: readonly Waiting[]): Offer =>
  (problem) => {
    if (subjectOf(problem) !== 'results') return undefined;
    const hasDraft = waiting.some(({ path }) => path === problem.file);
    return html`${hasDraft && html`<span class="tag good">有草稿</span>`}
      <a class="button plain" href="${root}admin/desk/results/${formAddress(problem.file)}">补成果</a>`;
  };

/** Counts with links to each part: the page is long on a phone. */
function atAGlance(
  { mine, urgent, unsaved }: { mine: number; urgent: number; unsaved: number },
  groups: readonly Group[],
): Markup {
  const counts = [
    { at: 'mine', label: '等我处理', count: mine },
    ...[
      { at: 'urgent', label: '先发后审', count: urgent },
      { at: 'unsaved', label: '没有保存', count: unsaved },
    ].filter(({ count }) => count > 0),
    ...groups.map(({ subject, label, problems }) => ({
      at: subject === 'columns' ? 'clocks' : subject,
      label,
      count: problems.length,
    })),
  ];
  return html`<nav aria-label="一眼看">
    <ul class="counts">
      ${counts.map(
        ({ at, label, count }) =>
          html`<li>
            <a href="#${at}"><strong>${count}</strong> ${label}</a>
          </li>`,
      )}
    </ul>
  </nav>`;
}
