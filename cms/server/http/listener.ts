import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { noteTooManyFiles } from '../process/open-files.ts';

/** The socket: requests go to the office or to the files of the site. */

/** Below the base path, what the site's files do not answer: the API (but not the site's own JSON) and the office's pages. */
const OFFICE =
  /^(?:api\/(?![^?]*\.json(?:\?|$))|admin\/(?:login|logout|setup|account|desk|desk\.css)(?:[/?]|$))/;

interface Handlers {
  /** Base path, `/` or `/base/`. */
  base: string;
  /** Gets addresses without the base path. */
  office: RequestListener;
  /** Gets addresses as they are. */
  site: RequestListener;
}

export const createListener = ({ base, office, site }: Handlers): Server =>
  createServer((request: IncomingMessage, response) => {
    const { url = '/' } = request;
    if (!url.startsWith(base) || !OFFICE.test(url.slice(base.length))) return site(request, response);
    request.url = url.slice(base.length - 1);
    void office(request, response);
  });

/** Resolves when the server accepts connections; port 0 takes a free one. */
export const listen = (server: Server, port: number, host: string | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // At the limit of open files a connection cannot be accepted; those that are there go on.
      server.on('error', (error) => {
        if (!noteTooManyFiles(error)) console.error(error);
      });
      resolve();
    });
  });

/** The port that a listening server has. */
export const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** Ends all connections. */
export async function closeListener(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
