import { Hono } from 'hono';
import { mediaQuery } from '../../../protocol/media.ts';
import { pageOfMedia } from '../../services/media-list.ts';
import { MAX_UPLOAD_BYTES } from '../../uploads/index.ts';
import type { Signed } from '../access.ts';
import { limitBody, pathOf, queryOf } from './body.ts';
import type { ApiOptions } from './options.ts';

/** Pictures and attachments: listed page by page, uploaded, removed. */

export function mediaRoutes({ newsroom, audit }: Pick<ApiOptions, 'newsroom' | 'audit'>): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/media', (context) => {
    const { query, page, images } = queryOf(context, mediaQuery);
    return context.json(pageOfMedia(newsroom.uploads(), { query, page, imagesOnly: images !== undefined }));
  });
  app.put('/media', limitBody(MAX_UPLOAD_BYTES), async (context) => {
    const bytes = new Uint8Array(await context.req.arrayBuffer());
    const person = context.get('person');
    const saved = await newsroom.upload(person, pathOf(context), bytes);
    audit.write({ person, action: 'upload', target: saved.path });
    return context.json(saved);
  });
  app.delete('/media', async (context) => {
    const person = context.get('person');
    await newsroom.removeUpload(person, pathOf(context));
    audit.write({ person, action: 'delete', target: pathOf(context) });
    return context.json({});
  });
  return app;
}
