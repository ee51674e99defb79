import { Hono } from 'hono';
import { OPEN_TO_ALL, accountRoutes } from './accounts/index.ts';
import type { Previews } from '../build/previews/previews.ts';
import type { Services } from '../services/index.ts';
import type { Stores } from '../stores/index.ts';
import { oldReleaseOf } from '../services/releases.ts';
import { knowsRelease, providesContent, type Signed } from './access.ts';
import { editingApi } from './api/index.ts';
import { knowsClient } from './client.ts';
import { openDesk } from './desk/index.ts';
import { answerFailure } from './failure.ts';
import { lookingRoutes } from './looking/index.ts';
import { watchForwarded } from './forwarded.ts';
import { ownPagesOnly } from './own-pages.ts';
import { requestRoutes } from './requests/index.ts';

/** The routes of the office: accounts, visit requests, the desk, the editing API. */

export interface OfficeOptions {
  stores: Stores;
  services: Services;
  /** Where the office may be opened, asked at each request. */
  origins: () => readonly string[];
  previews?: Pick<Previews, 'draw' | 'warm'> | undefined;
  /** Base path of the site, `/` or `/base/`. */
  base: string;
  now: () => Date;
}

export function officeRoutes({
  stores,
  services,
  origins,
  previews,
  base,
  now,
}: OfficeOptions): Hono<Signed> {
  const { audit, content, files, settings } = stores;
  const { accounts, newsroom, releases, gitHost, inspector, outsideLinks } = services;
  const { reports, requests, uploadQuota, health, firstRun, workingCopies, presence } = services;
  const { lookLinks, notices } = services;
  const forAccounts = accountRoutes({ accounts, audit });
  const forRequests = requestRoutes({
    requests,
    audit,
    createDraft: async ({ path, text, person }) => {
      await newsroom.save(person, { path, text, version: null });
    },
  });
  const forwarded = watchForwarded();
  const app = new Hono<Signed>({ strict: false });
  app.onError(answerFailure);
  app.use(providesContent(content), knowsClient(settings.current, forwarded), forAccounts.knowsPerson);
  app.use(knowsRelease(() => oldReleaseOf(releases)));
  app.use(ownPagesOnly({ origins, open: [...OPEN_TO_ALL, '/api/requests', '/api/look'] }));
  app.route('/', forAccounts.routes);
  app.route('/api/requests', forRequests.publicRoutes);
  app.route(
    '/api/look',
    lookingRoutes({
      newsroom,
      lookLinks,
      audit,
      previews,
      names: () => newsroom.names(),
      addressOf: (context) => context.get('client')?.counted ?? '',
      now,
    }),
  );
  app.route(
    '/',
    openDesk({
      audit,
      accounts,
      newsroom,
      releases,
      settings,
      uploadQuota,
      gitHost,
      firstRun,
      inspection: inspector.latest,
      workingCopies,
      outsideLinks,
      server: { audit, settings, forwarded, uploads: uploadQuota.room },
      reports,
      health,
      lookLinks,
      notices,
      previews,
      base,
      accountRoutes: forAccounts,
      requestRoutes: forRequests,
    }),
  );
  app.route(
    '/api',
    editingApi({
      newsroom,
      audit,
      uploadQuota,
      incoming: files.incoming,
      workingCopies,
      presence,
      status: releases.status,
      previews,
    }),
  );
  return app;
}
