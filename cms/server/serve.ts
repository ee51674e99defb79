import { getRequestListener } from '@hono/node-server';
import type { Build } from './build/contract.ts';
import type { Previews } from './build/previews/previews.ts';
import { officeRoutes } from './http/index.ts';
import { closeListener, createListener, listen, portOf } from './http/listener.ts';
import { ownOrigins } from './http/own-pages.ts';
import { openWatch } from './http/monitor/watch.ts';
import { siteSettingsOf } from '../../src/types/site-settings.ts';
import { siteHandler } from './http/site/index.ts';
import { openQuickFiles } from './http/site/quick-files.ts';
import { openServices } from './services/index.ts';
import type { Newsroom } from './services/newsroom/index.ts';
import type { OutgoingRules } from './services/notices/index.ts';
import { progressOf } from './services/releases.ts';
import { startClock } from './services/upkeep/clock.ts';
import { openStores, type StoresOptions } from './stores/index.ts';
import { listenHost } from './stores/settings/index.ts';

/** The site, the editor, the desk and the API on one address. */

export interface ServeOptions extends StoresOptions {
  /** Builds the whole site into a folder. */
  build: Build;
  /** Why the live site, whose folder is given, has to be built again although the content is the same. */
  whyRebuild?: ((live: string) => string | undefined) | undefined;
  /** Whether the live site may be damaged, and what is called once a whole build of it is live. */
  damage?: { isPossible: boolean; onMended: () => void } | undefined;
  /** Called with the folder of the live site when one goes live, so that the next build can be prepared. */
  prepare?: ((live: string) => void) | undefined;
  /** Draws the pages of entries that are being written. */
  previews?: Pick<Previews, 'draw' | 'page' | 'warm'> | undefined;
  /** Where notices may be sent; absent for public addresses. */
  outgoing?: OutgoingRules | undefined;
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
  /** One-time link to make the first account; undefined once there is one. */
  setupLink: string | undefined;
  newsroom: Newsroom;
  /** Every route of the office, so that tests can try all of them. */
  routes: readonly { method: string; path: string }[];
  /** What the build is doing, Chinese; why it failed; empty when nothing is being built. */
  progress: () => string;
  /** HTML pages of the live site; undefined before the first. */
  pages: () => number | undefined;
  /** Resolves when nothing is waiting to be saved or built. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts the server. It answers at once; before the first site is built, with pages drawn on demand (`first-site.ts`). */
export async function serve(options: ServeOptions): Promise<Served> {
  const { settings, editor, editorNotice, previews, port, now = () => new Date() } = options;
  const base = `/${options.base}/`.replace(/\/+/g, '/');

  const stores = openStores(options);
  const { build, whyRebuild, damage, prepare } = options;
  const services = await openServices({
    stores,
    data: options.data,
    base,
    build,
    whyRebuild,
    damage,
    prepare,
    outgoing: options.outgoing,
    now,
  });
  const { accounts, newsroom, releases, clockGuard, jobs, settled } = services;

  const progress = () => progressOf(releases.status());
  const origins = () => ownOrigins(portOf(server), settings.current());
  const app = officeRoutes({ stores, services, origins, previews, base, now });
  const liveFolder = () => releases.current()?.folder;
  const quick = openQuickFiles({ folder: liveFolder, base });
  const site = siteHandler({
    folder: liveFolder,
    quick,
    firstSite: { assets: releases.buildingFolder, draw: previews?.page, progress },
    uploads: options.content.uploadsDir,
    editor,
    face: () => siteSettingsOf(options.content),
    editorNotice,
    base,
    mayEdit: ({ headers }) => origins().some((origin) => new URL(origin).host === headers.host),
  });
  const watch = openWatch({
    files: stores.files,
    data: options.data,
    releases,
    status: services.status,
    now,
  });
  const server = createListener({
    base,
    office: getRequestListener(app.fetch),
    site,
    quick: quick.answer,
    monitor: watch.monitor,
    proxy: settings.current,
    onAnswered: watch.onAnswered,
  });
  await listen(server, port, listenHost(settings.current()));

  const stopClock = startClock({ newsroom, audit: stores.audit, guard: clockGuard, jobs, now });

  const url = `http://127.0.0.1:${portOf(server)}${base}`;
  const setupPath = accounts.setupPath();
  return {
    url,
    setupLink: setupPath && `${url}${setupPath}`,
    newsroom,
    routes: app.routes.filter(({ method }) => method !== 'ALL'),
    progress,
    pages: () => releases.list().find(({ id }) => id === releases.current()?.id)?.pages,
    settled,
    close: async () => {
      stopClock();
      await services.stop();
      await closeListener(server);
      await services.close();
      await watch.close();
      stores.close();
    },
  };
}
