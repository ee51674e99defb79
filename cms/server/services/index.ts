import { types } from '../../../src/types/index.ts';
import { siteSettingsOf } from '../../../src/types/site-settings.ts';
import type { Build } from '../build/contract.ts';
import type { Stores } from '../stores/index.ts';
import { openAccounts } from './accounts/index.ts';
import { type GitHost, openGitHost } from './git-host/index.ts';
import { openContent } from '../../../src/store/index.ts';
import { openFirstRun } from './first-run/index.ts';
import { openInspector } from './inspection/index.ts';
import { openLookLinks } from './looking/index.ts';
import { Newsroom } from './newsroom/index.ts';
import { openNotices, type OutgoingRules } from './notices/index.ts';
import { openOutsideLinks } from './outside-links/index.ts';
import { openPresence } from './presence/index.ts';
import { openReleases } from './releases.ts';
import { openReports } from './reports/index.ts';
import { openRequests } from './requests/index.ts';
import { revisedText } from './revision.ts';
import { openStatus } from './status.ts';
import { openClockGuard } from './upkeep/clock-guard.ts';
import { dailyJobs } from './upkeep/daily.ts';
import { openHealth } from './upkeep/health.ts';
import { openJobs } from './upkeep/jobs.ts';
import { newestRecord } from './upkeep/newest-record.ts';
import { openUploadQuota } from './upload-quota.ts';
import { openWorkingCopies } from './working-copies/index.ts';

/** What the office can do, and how the parts tell one another what happened. */

export interface ServicesOptions {
  stores: Stores;
  /** The data folder. */
  data: string;
  /** Base path of the site, `/` or `/base/`. */
  base: string;
  /** Builds the whole site into a folder. */
  build: Build;
  /** Why the live site, whose folder is given, has to be built again although the content is the same. */
  whyRebuild?: ((live: string) => string | undefined) | undefined;
  /** Whether the live site may be damaged, and what is called once a whole build of it is live. */
  damage?: { isPossible: boolean; onMended: () => void } | undefined;
  /** Called with the folder of the live site when one goes live, so that the next build can be prepared. */
  prepare?: ((live: string) => void) | undefined;
  /** Where notices may be sent; absent for public addresses. */
  outgoing?: OutgoingRules | undefined;
  now: () => Date;
}

export type Services = Awaited<ReturnType<typeof openServices>>;

export async function openServices({
  stores,
  data,
  base,
  build,
  whyRebuild,
  damage,
  prepare,
  outgoing,
  now,
}: ServicesOptions) {
  const { files, database, repository, content, settings, audit } = stores;
  const accounts = await openAccounts({
    ...{ database, audit, base },
    secretFile: files.secret,
    rules: settings.current,
  });
  const releases = openReleases({
    folder: files.releases,
    build,
    now,
    mayBeDamaged: damage?.isPossible,
    onWhole: damage?.onMended,
  });
  const status = openStatus(data, now);
  const people = () => accounts.store.list().filter(({ closed }) => !closed);
  const lookLinks = openLookLinks({ database, now });
  const notices = openNotices({
    database,
    keyFile: files.requestsKey,
    now,
    people,
    steps: () => settings.current().steps,
    siteName: () => siteSettingsOf(content).name,
    siteAddress: () => {
      const { publicUrl } = settings.current();
      return publicUrl && `${publicUrl}${base}`;
    },
    status,
    rules: outgoing,
    collectMs: outgoing?.isPlainAllowed ? 0 : undefined,
  });
  // The newsroom may publish while it opens: it finishes what an earlier run began.
  let gitHost: GitHost | undefined;
  const newsroom = await Newsroom.open({
    repository,
    content,
    steps: () => settings.current().steps,
    now,
    revise: revisedText,
    people,
    onReviewed(event) {
      if (event.formerly) lookLinks.moved(event.formerly, event.path);
      notices.tell(event);
    },
    onPublished: ({ commit, by, why }) => {
      releases.request({ commit, by: by.name, why });
      gitHost?.request();
    },
  });
  gitHost = openGitHost({
    files,
    remote: () => settings.current().gitHost,
    commit: () => newsroom.commit,
  });
  const outsideLinks = openOutsideLinks({
    file: files.outsideLinks,
    links: () => (inspector.latest().at === undefined ? undefined : inspector.latest().outside),
    isWanted: () => settings.current().outsideLinks,
    site: () => siteSettingsOf(content).url,
    now,
  });
  const inspector = openInspector({ content, onFound: outsideLinks.checkIfDue });
  const reports = openReports({ folder: files.reports, content, now });
  const requests = openRequests({ database, content, keyFile: files.requestsKey, now });

  const uploadQuota = openUploadQuota({
    database,
    limits: settings.current,
    uploads: () => newsroom.uploads(),
    now,
  });

  const workingCopies = openWorkingCopies({
    database,
    newsroom,
    isFolder: (name) => name === 'data' || types.some((type) => type.name === name),
    now,
  });
  const presence = openPresence({ now });

  const why = whyBuildAtStart({ releases, newsroom, whyRebuild });
  if (why) releases.request({ commit: newsroom.commit, by: '服务器', why });
  const prepareNext = () => {
    const live = releases.current();
    if (live) prepare?.(live.folder);
  };
  prepareNext();
  releases.onLive(prepareNext);
  releases.onLive(inspector.request);
  // While the first site is built, nothing else uses the processor.
  if (releases.current()) inspector.request();
  void releases
    .settled()
    .then(() => readListsAhead(newsroom))
    .catch((error: Error) => console.warn(error));

  const clockGuard = openClockGuard({
    file: files.clock,
    newest: await newestRecord({ repository, audit, releases, status }),
    wall: () => now().getTime(),
    tell(sentence, isTrusted) {
      console.warn(`${sentence}。`);
      status.record('clock', { ok: isTrusted, message: sentence });
    },
  });
  // A clock that was set while the server was off is noticed before anything goes by it.
  clockGuard.check();
  const daily = dailyJobs(
    { newsroom, releases, gitHost, inspector, requests, workingCopies, lookLinks, notices },
    now,
  );
  const jobs = openJobs({ jobs: daily, status });
  if (repository.mended) console.warn(repository.mended);
  const health = openHealth({
    status,
    clockGuard,
    daily: daily.filter(({ isRequest }) => !isRequest),
    damaged: () => [
      ...(repository.mended ? [repository.mended] : []),
      ...newsroom.damaged,
      ...(notices.settings.isLocked()
        ? ['通知的设置解不开：密钥文件 requests.key 换过。请在「服务器设置 → 通知」里重新填一遍。']
        : []),
    ],
    now,
  });

  const settled = async () => {
    await newsroom.settled();
    await releases.settled();
  };
  // The content that came with the program, whatever a new office was begun from.
  const starter = openContent({ cacheDir: content.cacheDir });
  const firstRun = openFirstRun({ newsroom, content, starter });
  return {
    accounts,
    newsroom,
    firstRun,
    releases,
    gitHost,
    outsideLinks,
    inspector,
    reports,
    requests,
    lookLinks,
    notices,
    uploadQuota,
    workingCopies,
    presence,
    status,
    clockGuard,
    jobs,
    health,
    /** Resolves when nothing is waiting to be saved or built. */
    settled,
    /** Stops work that a restart repeats. */
    async stop() {
      await inspector.close();
      await reports.close();
      await outsideLinks.close();
      await jobs.close();
      await notices.close();
      clockGuard.close();
    },
    /** Finishes what was asked for, then ends the push. */
    async close() {
      await settled();
      await gitHost.close();
    },
  };
}

/** Why the site is built at the start, Chinese; undefined when the live site is right. */
function whyBuildAtStart({
  releases,
  newsroom,
  whyRebuild,
}: Pick<Services, 'releases' | 'newsroom'> & Pick<ServicesOptions, 'whyRebuild'>): string | undefined {
  const live = releases.current();
  const rolledBackFrom = releases.rolledBackFrom();
  if ((rolledBackFrom ?? live?.commit) !== newsroom.commit) return '启动';
  // A roll-back outlasts a restart.
  return rolledBackFrom === undefined && live ? whyRebuild?.(live.folder) : undefined;
}

/** Reads all lists once, so that the first person who opens one need not wait for it. */
async function readListsAhead(newsroom: Newsroom): Promise<void> {
  for (const { name } of types) await newsroom.list(`content/${name}`);
}
