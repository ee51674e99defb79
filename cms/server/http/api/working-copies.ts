import { Hono } from 'hono';
import { putWorkingCopy, workingCopiesQuery, workingCopyQuery } from '../../../protocol/working-copies.ts';
import type { Signed } from '../access.ts';
import { deviceOf } from '../device.ts';
import { bodyOf, limitText, queryOf } from './body.ts';
import type { ApiOptions } from './options.ts';

/** What this person has typed and not saved. No address here names a person: everyone reaches their own alone. */

export function workingCopyRoutes({ workingCopies }: Pick<ApiOptions, 'workingCopies'>): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/working-copies', (context) => {
    const { folder, path } = queryOf(context, workingCopiesQuery);
    return context.json(workingCopies.of(context.get('person'), folder, path));
  });
  app.get('/working-copy', (context) => {
    const { id } = queryOf(context, workingCopyQuery);
    return context.json(workingCopies.read(context.get('person'), id) ?? null);
  });
  app.put('/working-copy', limitText, async (context) => {
    const machine = deviceOf(context.req.header('user-agent') ?? '');
    const copy = await bodyOf(context, putWorkingCopy);
    return context.json(workingCopies.put(context.get('person'), copy, machine));
  });
  app.delete('/working-copy', (context) => {
    workingCopies.remove(context.get('person'), queryOf(context, workingCopyQuery).id);
    return context.json({});
  });
  return app;
}
