import { Hono } from 'hono';
import { wordImportQuery } from '../../../protocol/word-import.ts';
import { openWordImporter } from '../../services/word-import/index.ts';
import { MAX_WORD_BYTES } from '../../uploads/index.ts';
import type { Signed } from '../access.ts';
import { queryOf } from './body.ts';
import { announcedBytes, withReceived } from './incoming.ts';
import type { ApiOptions } from './options.ts';

/** A Word file as a new entry; the file itself is not kept. */

export function wordImportRoutes({
  newsroom,
  audit,
  incoming,
  uploadQuota,
}: Pick<ApiOptions, 'newsroom' | 'audit' | 'incoming' | 'uploadQuota'>): Hono<Signed> {
  const app = new Hono<Signed>();
  const importer = openWordImporter({
    async upload(person, path, file, bytes) {
      uploadQuota?.refuse(person, bytes);
      const saved = await newsroom.upload(person, path, file);
      uploadQuota?.record(person, bytes);
      audit.write({ person, action: 'upload', target: saved.path });
      return saved;
    },
  });

  app.post('/word-import', async (context) => {
    const person = context.get('person');
    const { name } = queryOf(context, wordImportQuery);
    // Its pictures count as uploads: before a long file is sent for nothing.
    uploadQuota?.refuse(person, announcedBytes(context));
    return context.json(
      await withReceived(context, { folder: incoming, most: MAX_WORD_BYTES }, (file) =>
        importer.read(person, name, file),
      ),
    );
  });
  return app;
}
