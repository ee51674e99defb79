import { Hono } from 'hono';
import { compress } from 'hono/compress';
import { type ProblemsAnswer, problemsRequest, saveRequest } from '../../../protocol/entries.ts';
import { Refused } from '../../services/refused.ts';
import type { Signed } from '../access.ts';
import { bodyOf, limitText, pathOf } from './body.ts';
import type { ApiOptions } from './options.ts';
import { subjectOf } from './subject.ts';

/** Entries, lists and settings files: listed, read, saved, deleted, and their history. */

export function entryRoutes({ newsroom, audit }: Pick<ApiOptions, 'newsroom' | 'audit'>): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/files', compress(), async (context) => {
    const entries = await newsroom.list(context.req.query('folder') ?? '');
    if (!entries) throw new Refused(404, '没有这一类内容');
    return context.json(entries);
  });
  app.get('/file', (context) => context.json(newsroom.read(pathOf(context)) ?? null));
  app.put('/file', limitText, async (context) => {
    const person = context.get('person');
    const saved = await newsroom.save(person, await bodyOf(context, saveRequest));
    audit.write({ person, action: 'save', target: subjectOf(newsroom, saved.path) });
    return context.json(saved);
  });
  app.post('/problems', limitText, async (context) => {
    const problems = await newsroom.problemsIn(await bodyOf(context, problemsRequest));
    return context.json({ problems } satisfies ProblemsAnswer);
  });
  app.delete('/file', async (context) => {
    const person = context.get('person');
    const path = pathOf(context);
    const target = subjectOf(newsroom, path);
    await newsroom.remove(person, path);
    audit.write({ person, action: 'delete', target });
    return context.json({});
  });

  app.get('/history', async (context) => context.json(await newsroom.history(pathOf(context))));
  app.get('/history/text', async (context) => {
    const text = await newsroom.textAt(pathOf(context), context.req.query('commit') ?? '');
    return context.json(text === undefined ? null : { text });
  });
  return app;
}
