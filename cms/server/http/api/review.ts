import { Hono } from 'hono';
import { commentCall } from '../../../protocol/comments.ts';
import { reviewCall, STAGES } from '../../../protocol/review.ts';
import type { Signed } from '../access.ts';
import { bodyOf, limitText, pathOf } from './body.ts';
import type { ApiOptions } from './options.ts';
import { subjectOf } from './subject.ts';

/** Steps of review with an entry, changing its address among them. */

export function reviewRoutes({ newsroom, audit }: Pick<ApiOptions, 'newsroom' | 'audit'>): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/review', async (context) =>
    context.json(await newsroom.review(pathOf(context), context.get('person'))),
  );
  app.post('/review', limitText, async (context) => {
    const { path, version, ...request } = await bodyOf(context, reviewCall);
    const person = context.get('person');
    const target = subjectOf(newsroom, path);
    const pathNow = await newsroom.act(person, path, version, request);
    const detail = [
      STAGES[newsroom.read(pathNow)?.stage ?? 'published'],
      request.action === 'move' ? `改为 ${pathNow}` : request.comment,
    ]
      .filter(Boolean)
      .join('：');
    audit.write({ person, action: request.action, target, detail });
    return context.json(await newsroom.review(pathNow, person));
  });
  app.post('/comments', limitText, async (context) => {
    const { path, request } = await bodyOf(context, commentCall);
    const person = context.get('person');
    await newsroom.comment(person, path, request);
    audit.write({ person, action: 'comment', target: subjectOf(newsroom, path) });
    return context.json(await newsroom.review(path, person));
  });
  app.get('/move', async (context) =>
    context.json(
      await newsroom.planMove(context.get('person'), pathOf(context), context.req.query('to') ?? ''),
    ),
  );
  return app;
}
