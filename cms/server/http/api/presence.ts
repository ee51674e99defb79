import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { presenceCall } from '../../../protocol/presence.ts';
import { Refused } from '../../services/refused.ts';
import type { Signed } from '../access.ts';
import { bodyOf } from './body.ts';
import type { ApiOptions } from './options.ts';

/** Who is editing which entry. */

const MAX_CALL_BYTES = 4096;

export function presenceRoutes({
  newsroom,
  presence,
}: Pick<ApiOptions, 'newsroom' | 'presence'>): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/presence', (context) => context.json(presence.list(context.get('person'))));
  app.post('/presence', bodyLimit({ maxSize: MAX_CALL_BYTES }), async (context) => {
    const call = await bodyOf(context, presenceCall);
    const path = newsroom.read(call.path)?.path;
    if (path === undefined && call.wants !== 'leave') throw new Refused(404, '没有这条内容，可能已经删除');
    return context.json(presence.call(context.get('person'), { ...call, path: path ?? call.path }));
  });
  return app;
}
