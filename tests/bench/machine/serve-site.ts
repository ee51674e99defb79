import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { siteHandler } from '../../../cms/server/http/site/index.ts';
import type { Served } from '../../support/serve.ts';

/** Serves a built site as our server does, compressed forms and headers included, without an office. */
export async function serveSite(folder: string): Promise<Served> {
  const answer = siteHandler({
    folder: () => resolve(folder),
    uploads: resolve(folder, 'uploads'),
    editor: join(resolve(folder), 'no-editor'),
    base: '/',
    mayEdit: () => false,
  });
  const server = createServer(answer);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
