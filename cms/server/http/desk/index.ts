import { Hono } from 'hono';
import { FAIRNESS_TITLE } from '../../../../src/caravan/addresses.ts';
import { caravan } from '../../../../src/types/caravan.ts';
import type { Accounts } from '../../services/accounts/index.ts';
import type { AccountRoutes } from '../accounts/index.ts';
import type { Audit } from '../../stores/audit.ts';
import type { GitHost } from '../../services/git-host/index.ts';
import type { Notices } from '../../services/notices/index.ts';
import type { Reports } from '../../services/reports/index.ts';
import type { RequestRoutes } from '../requests/index.ts';
import type { SettingsStore } from '../../stores/settings/index.ts';
import { auditPage } from './audit.ts';
import { deskOf } from './desk.ts';
import { ENTRIES_TITLE, entriesRoutes } from './entries/index.ts';
import { firstRunNotice, firstRunPages } from './first-run/index.ts';
import type { FirstRunParts } from './first-run/parts.ts';
import { FIRST_RUN_TITLE } from './first-run/pages.ts';
import { fairnessPage } from './fairness.ts';
import { healthPage } from './health.ts';
import type { DeskPage } from './page.ts';
import { type OverviewParts, overviewPage } from './overview/index.ts';
import { EXPORTS_TITLE, exportsPage } from './exports.ts';
import { reportPage } from './report/index.ts';
import { TITLE as REPORT_TITLE } from './report/pages.ts';
import { noticeSettingsPage } from './notices/settings.ts';
import { ownNoticesPage } from './notices/own.ts';
import { releasesPage } from './releases.ts';
import { type ReadingParts, readingRoutes } from './review/index.ts';
import { type ResultsParts, resultsRoutes } from './results/index.ts';
import { RESULTS_TITLE } from './results/list-page.ts';
import { scheduleSheetRoutes } from './schedule/index.ts';
import { RECYCLE_BIN_TITLE, recycleBinPage } from './recycle-bin.ts';
import { TASKS_TITLE, tasksRoutes } from './tasks/index.ts';
import { settingsPage } from './settings.ts';
import type { Signed } from '../access.ts';

/** The desk 「工作台」: what people of the office do outside the editor. */

/** What the pages are made from; a page that needs more adds a line. */
export interface DeskParts extends OverviewParts {
  audit: Audit;
  accounts: Pick<Accounts, 'people' | 'store'>;
  settings: SettingsStore;
  /** How much may be uploaded; absent where there is no limit. */
  uploadQuota?: ResultsParts['uploadQuota'];
  gitHost: GitHost;
  firstRun: FirstRunParts['run'];
  reports: Reports;
  lookLinks: ReadingParts['lookLinks'];
  notices: Notices;
  /** Draws the pages of drafts; absent where this server does not build the site. */
  previews: ReadingParts['previews'];
  /** Base path of the site. */
  base: string;
  accountRoutes: Pick<AccountRoutes, 'ownPages' | 'staffPages'>;
  requestRoutes: Pick<RequestRoutes, 'deskRoutes'>;
}

/** Every stop as the office has it now, drafts in place of what is published. */
const stopsOf =
  ({ newsroom }: OverviewParts) =>
  () =>
    newsroom.folder(`content/${caravan.name}`) ?? [];

/** All pages, in the order of the navigation. */
const deskPages = ({
  audit,
  accounts,
  settings,
  uploadQuota,
  gitHost,
  firstRun,
  reports,
  lookLinks,
  notices,
  previews,
  base,
  accountRoutes,
  requestRoutes,
  ...overview
}: DeskParts): DeskPage[] => [
  {
    path: 'overview',
    label: '待办',
    least: 'author',
    routes: overviewPage({ ...overview, firstRunNotice: firstRunNotice({ run: firstRun, settings }) }),
  },
  {
    path: 'review',
    label: '审稿',
    least: 'author',
    isUnlisted: true,
    routes: readingRoutes({
      newsroom: overview.newsroom,
      ...{ lookLinks, audit, previews, base },
      publicUrl: () => settings.current().publicUrl,
      pathOfNotice: notices.pathOf,
    }),
  },
  {
    path: 'tasks',
    label: TASKS_TITLE,
    least: 'author',
    routes: tasksRoutes({ newsroom: overview.newsroom, audit }),
  },
  {
    path: 'results',
    label: RESULTS_TITLE,
    least: 'author',
    routes: resultsRoutes({ newsroom: overview.newsroom, audit, uploadQuota }),
  },
  {
    path: 'schedule',
    label: '日程表格',
    least: 'author',
    routes: scheduleSheetRoutes({
      readStops: stopsOf(overview),
      saveDraft: ({ person, ...request }) => overview.newsroom.save(person, request),
      waiting: (person) => overview.newsroom.waiting(person),
      audit,
    }),
  },
  {
    path: 'entries',
    label: ENTRIES_TITLE,
    least: 'author',
    routes: entriesRoutes({ newsroom: overview.newsroom, audit }),
  },
  { path: 'fairness', label: FAIRNESS_TITLE, least: 'author', routes: fairnessPage(stopsOf(overview)) },
  { path: 'requests', label: '大篷车申请', least: 'reviewer', routes: requestRoutes.deskRoutes },
  { path: 'report', label: REPORT_TITLE, least: 'author', routes: reportPage({ reports, audit }) },
  { path: 'exports', label: EXPORTS_TITLE, least: 'author', routes: exportsPage({ reports, audit }) },
  {
    path: 'deleted',
    label: RECYCLE_BIN_TITLE,
    least: 'author',
    routes: recycleBinPage({
      newsroom: overview.newsroom,
      audit,
      nameOf: (login) => accounts.people().find((person) => person.login === login)?.name ?? login,
    }),
  },
  { path: 'releases', label: '发布记录', least: 'publisher', routes: releasesPage({ ...overview, audit }) },
  {
    path: 'first-run',
    label: FIRST_RUN_TITLE,
    least: 'administrator',
    routes: firstRunPages({ run: firstRun, settings, audit, previews }),
  },
  {
    path: 'settings',
    label: '服务器设置',
    least: 'administrator',
    routes: settingsPage({
      settings,
      gitHost,
      outsideLinks: overview.outsideLinks,
      audit,
      hasTwoStep: ({ id }) => accounts.store.find(id)?.twoFactor === true,
    }).route('/notices', noticeSettingsPage({ notices, audit })),
  },
  {
    path: 'health',
    label: '运行情况',
    least: 'administrator',
    routes: healthPage({ health: overview.health, notices, audit }),
  },
  { path: 'audit', label: '操作记录', least: 'administrator', routes: auditPage(audit) },
  { path: 'people', label: '账号', least: 'administrator', routes: accountRoutes.staffPages },
  {
    path: 'account',
    label: '我的账号',
    least: 'author',
    routes: new Hono<Signed>()
      .route('/notices', ownNoticesPage({ notices }))
      .route('/', accountRoutes.ownPages),
  },
];

/** The desk with all its pages; see `deskOf`. */
export const openDesk = (parts: DeskParts): Hono<Signed> => deskOf(deskPages(parts));
