import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { countyDay } from '../../src/calendar/clock.ts';
import { readSettings } from '../../src/store/files.ts';
import { uploadsDir } from '../../src/store/folders.ts';
import { defaultSettings } from '../../src/types/site-defaults.ts';
import { settings as siteSettings } from '../../src/types/site.ts';
import { types } from '../../src/types/index.ts';
import { OPEN_TO_ALL, openAccounts } from './http/accounts/index.ts';
import { editingApi } from './http/api/index.ts';
import { openAudit } from './stores/audit.ts';
import type { Previews } from './build/previews.ts';
import { startClock } from './services/clock.ts';
import { openDatabase } from './stores/database.ts';
import { openDesk } from './http/desk/index.ts';
import { answerFailure } from './http/failure.ts';
import { openInspector } from './services/inspection/index.ts';
import { type GitHost, openGitHost } from './services/git-host/index.ts';
import { Newsroom } from './services/newsroom/index.ts';
import { openOutsideLinks } from './services/outside-links/index.ts';
import { openReleases, progressOf } from './services/releases.ts';
import { openRequests } from './http/requests/index.ts';
import { revisedText } from './services/revision.ts';
import { listenHost, type SettingsStore } from './stores/settings/index.ts';
import { siteHandler } from './http/site/index.ts';
import type { Repository } from './stores/content/repository.ts';
import type { Signed } from './http/access.ts';
import { knowsClient } from './http/client.ts';
import { ownOrigins, ownPagesOnly } from './http/own-pages.ts';
import type { Build } from './build/contract.ts';

/** The site, the editor, the desk and the API on one address. */

export interface ServeOptions {
  /** Everything that is kept, see `data.ts`; locked by the caller. */
  data: string;
  repository: Repository;
  settings: SettingsStore;
  /** Why the live site, whose folder is given, has to be made anew although the content is the same. */
  whyAnew?: ((live: string) => string | undefined) | undefined;
  /** Builds the whole site into a folder. */
  build: Build;
  /** Told the folder of the site each time that one goes live, so that the next build can be made ready. */
  prepare?: ((live: string) => void) | undefined;
  /** Draws the page of what somebody is writing. */
  previews?: Pick<Previews, 'draw' | 'page' | 'warm'> | undefined;
  /** Folder that holds the bundled editor as `admin/`. */
  editor: string;
  /** Why the editor is not there yet, Chinese. */
  editorNotice?: (() => string) | undefined;
  /** 0 takes a free one. */
  port: number;
  /** `BASE_PATH` of the site. */
  base: string;
  now?: () => Date;
}

export interface Served {
  /** Address of the site on this machine with its base path, a slash at the end. */
  url: string;
  /** One-time link that makes the administrator's account; undefined when there is one. */
  setupLink: string | undefined;
  newsroom: Newsroom;
  /** Every address that the office answers, so that none is forgotten where all of them are tried. */
  routes: readonly { method: string; path: string }[];
  /** What the build is doing, Chinese; why it failed; empty when nothing is being built. */
  progress: () => string;
  /** HTML pages of the live site; undefined before the first. */
  pages: () => number | undefined;
  /** Resolves when nothing is waiting to be saved or built. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
}

/** Requests that the site's files do not answer: the API (but not the site's own JSON) and the office's pages. */
const OFFICE =
  /^(?:api\/(?![^?]*\.json(?:\?|$))|admin\/(?:login|logout|setup|account|desk|desk\.css)(?:[/?]|$))/;

/**
 * Starts the server. It answers at once; while the first site is being made, with pages drawn for whoever asks (see
 * `first-site.ts`).
 */
export async function serve(options: ServeOptions): Promise<Served> {
  const { data, repository, settings, build, prepare, editor, port, base, now = () => new Date() } = options;
  const { whyAnew, previews } = options;
  const root = `/${base}/`.replace(/\/+/g, '/');
  const database = openDatabase(join(data, 'portal.db'));
  const audit = openAudit(database);
  const accounts = await openAccounts({ database, audit, base: root, secretFile: join(data, 'secret') });
  const releases = openReleases({ folder: join(data, 'releases'), build, now });
  // Publishing that an earlier run left half done is finished while the newsroom opens.
  let gitHost: GitHost | undefined;
  const newsroom = await Newsroom.open({
    repository,
    folder: join(data, 'content'),
    steps: () => settings.current().steps,
    now,
    revise: revisedText,
    onPublished: ({ commit, by, why }) => {
      releases.request({ commit, by: by.name, why });
      gitHost?.request();
    },
  });
  const copies = openGitHost({
    data,
    remote: () => settings.current().gitHost,
    commit: () => newsroom.commit,
  });
  gitHost = copies;
  // Who went back to an earlier site did not ask for it to end with a restart, nor at midnight.
  const [live, former] = [releases.current(), releases.rolledBackFrom()];
  const why =
    (former ?? live?.commit) === newsroom.commit ? !former && live && whyAnew?.(live.folder) : '启动';
  if (why) releases.request({ commit: newsroom.commit, by: '服务器', why });
  const prepareNext = () => {
    const live = releases.current();
    if (live) prepare?.(live.folder);
  };
  prepareNext();
  releases.onLive(prepareNext);
  // Whoever opens a list first need not wait for all of it to be read.
  const readLists = async () => {
    for (const { name } of types) await newsroom.list(`content/${name}`);
  };

  const outsideLinks = openOutsideLinks({
    file: join(data, 'outside-links.json'),
    links: () => (inspector.latest().at === undefined ? undefined : inspector.latest().outside),
    isWanted: () => settings.current().outsideLinks,
    site: () => (readSettings(siteSettings).data ?? defaultSettings).url,
    now,
  });
  const inspector = openInspector(outsideLinks.look);
  releases.onLive(inspector.look);
  // The first site has the machine to itself.
  if (releases.current()) inspector.look();
  void releases
    .settled()
    .then(readLists)
    .catch((error: Error) => console.warn(error));

  const requests = openRequests({
    database,
    keyFile: join(data, 'requests.key'),
    audit,
    now,
    createDraft: async ({ path, text, person }) => {
      await newsroom.save(person, { path, text, version: null });
    },
  });
  const app = new Hono<Signed>({ strict: false });
  app.onError(answerFailure);
  const ownPort = () => (server.address() as AddressInfo).port;
  const origins = () => ownOrigins(ownPort(), settings.current());
  app.use(knowsClient(settings.current), accounts.knowsPerson);
  app.use(
    ownPagesOnly({
      origins,
      open: [...OPEN_TO_ALL, '/api/requests'],
    }),
  );
  app.route('/', accounts.routes);
  app.route('/api/requests', requests.publicRoutes);
  app.route(
    '/',
    openDesk({
      audit,
      accounts,
      newsroom,
      releases,
      settings,
      gitHost: copies,
      inspection: inspector.latest,
      outsideLinks,
      requests,
    }),
  );
  app.route('/api', editingApi({ newsroom, audit, status: releases.status, previews }));

  const progress = () => progressOf(releases.status());
  const office = getRequestListener(app.fetch);
  const site = siteHandler({
    folder: () => releases.current()?.folder,
    firstSite: {
      assets: releases.underway,
      draw: previews?.page,
      progress,
    },
    uploads: uploadsDir,
    editor,
    editorNotice: options.editorNotice,
    base: root,
    mayEdit: ({ headers }) => origins().some((origin) => new URL(origin).host === headers.host),
  });
  const server = createServer((request: IncomingMessage, response) => {
    const { url = '/' } = request;
    if (!url.startsWith(root) || !OFFICE.test(url.slice(root.length))) return site(request, response);
    request.url = url.slice(root.length - 1);
    void office(request, response);
  });
  const host = listenHost(settings.current());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // Next stops, banners and what is open today: pages say what is true on the day on which they are made.
  const newDay = () => {
    const { builtAt } = releases.status();
    if (releases.rolledBackFrom()) return;
    if (builtAt && countyDay(new Date(builtAt)) !== countyDay(now()))
      releases.request({ commit: newsroom.commit, by: '定时任务', why: '新的一天' });
  };
  const stopClock = startClock({
    newsroom,
    audit,
    daily: [newDay, copies.request, inspector.look, () => newsroom.pack(), () => void requests.purge()],
  });

  const url = `http://127.0.0.1:${ownPort()}${root}`;
  const setupPath = accounts.setupPath();
  return {
    url,
    setupLink: setupPath && `${url}${setupPath}`,
    newsroom,
    routes: app.routes.filter(({ method }) => method !== 'ALL'),
    progress,
    pages: () => releases.list().find(({ id }) => id === releases.current()?.id)?.pages,
    settled: async () => {
      await newsroom.settled();
      await releases.settled();
    },
    close: async () => {
      stopClock();
      await inspector.close();
      await outsideLinks.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await newsroom.settled();
      await releases.settled();
      await copies.close();
      repository.close();
      database.close();
    },
  };
}
