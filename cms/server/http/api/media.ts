import { statSync } from 'node:fs';
import { Hono } from 'hono';
import { mediaQuery } from '../../../protocol/media.ts';
import { pageOfMedia } from '../../services/media-list.ts';
import { MAX_UPLOAD_BYTES } from '../../uploads/index.ts';
import type { Signed } from '../access.ts';
import { pathOf, queryOf } from './body.ts';
import { announcedBytes, withReceived } from './incoming.ts';
import type { ApiOptions } from './options.ts';

/** Pictures and attachments: listed page by page, uploaded, removed. */

export function mediaRoutes({
  newsroom,
  audit,
  incoming,
  uploadQuota,
}: Pick<ApiOptions, 'newsroom' | 'audit' | 'incoming' | 'uploadQuota'>): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/media', (context) => {
    const { query, page, images } = queryOf(context, mediaQuery);
    return context.json(pageOfMedia(newsroom.uploads(), { query, page, imagesOnly: images !== undefined }));
  });
  app.put('/media', async (context) => {
    const person = context.get('person');
    // Before a long file is sent for nothing.
    uploadQuota?.refuse(person, announcedBytes(context));
    const saved = await withReceived(context, { folder: incoming, most: MAX_UPLOAD_BYTES }, async (file) => {
      const { size } = statSync(file);
      uploadQuota?.refuse(person, size);
      const stored = await newsroom.upload(person, pathOf(context), file);
      uploadQuota?.record(person, size);
      return stored;
    });
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
