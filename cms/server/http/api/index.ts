import { Hono } from 'hono';
import { needs, samePerson, type Signed } from '../access.ts';
import { answerApiFailure } from '../failure.ts';
import { entryRoutes } from './entries.ts';
import { mediaRoutes } from './media.ts';
import type { ApiOptions } from './options.ts';
import { presenceRoutes } from './presence.ts';
import { reviewRoutes } from './review.ts';
import { siteRoutes } from './site.ts';
import { wordImportRoutes } from './word-import.ts';
import { workingCopyRoutes } from './working-copies.ts';

/** The editing API, `/api/…`: JSON in and out as `cms/protocol` describes it; each refusal has a Chinese `message`. */

/** The routes below `/api`, for people who have signed in. */
export function editingApi(options: ApiOptions): Hono<Signed> {
  const app = new Hono<Signed>();
  app.use(needs('author'), samePerson);
  app.onError(answerApiFailure);
  app.notFound((context) => context.json({ message: '没有这个接口' }, 404));
  app.route('/', siteRoutes(options));
  app.route('/', entryRoutes(options));
  app.route('/', reviewRoutes(options));
  app.route('/', mediaRoutes(options));
  app.route('/', wordImportRoutes(options));
  app.route('/', workingCopyRoutes(options));
  app.route('/', presenceRoutes(options));
  return app;
}
