import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { noteTooManyFiles } from '../process/open-files.ts';
import { type Client, clientOf, type ProxySettings } from './client.ts';
import { CLIENT_CLOSED_REQUEST } from './monitor/access-log.ts';
import type { QuickFiles } from './site/quick-files.ts';
import { PERMISSIONS_POLICY, STRICT_TRANSPORT_SECURITY } from './site/headers.ts';

/** The socket: requests go to the monitor, to the office, or to the files of the site. */

/** Below the base path, what the site's files do not answer: the API (but not the site's own open data) and the office's pages. */
const OFFICE =
  /^(?:api\/(?![^?]*\.(?:json|csv|xlsx)(?:\?|$))|admin\/(?:login|logout|setup|account|desk|desk\.css|ticks\.js)(?:[/?]|$))/;

/** A request that was answered, or whose browser went away. */
export interface AnsweredRequest extends Client {
  request: IncomingMessage;
  /** The address as it was asked for. */
  url: string;
  /** `Content-Length` of the answer, where it has one. */
  bytes: number | string | undefined;
  status: number;
}

export interface ListenerParts {
  /** Base path, `/` or `/base/`. */
  base: string;
  /** Gets addresses without the base path. */
  office: RequestListener;
  /** Gets addresses as they are. */
  site: RequestListener;
  /** Answers from memory, by addresses as they are. */
  quick?: QuickFiles['answer'];
  /** Answers what it is asked for by a path below the base path, without its query; false for anything else. */
  monitor?: (request: IncomingMessage, response: ServerResponse, pathname: string) => boolean;
  /** Asked at each request, since the administrator may change it. */
  proxy?: () => ProxySettings;
  onAnswered?: (answered: AnsweredRequest) => void;
}

export const createListener = ({
  base,
  office,
  site,
  quick = () => undefined,
  monitor = () => false,
  proxy = () => ({ proxy: '' }),
  onAnswered = () => {},
}: ListenerParts): Server =>
  createServer((request: IncomingMessage, response) => {
    const { url = '/' } = request;
    const client = clientOfMessage(request, proxy());
    const ready = quick(request, client.protocol);
    response.once('close', () => {
      const status = response.writableFinished ? response.statusCode : CLIENT_CLOSED_REQUEST;
      const bytes = ready ? ready.bytes : response.getHeader('content-length')?.toString();
      onAnswered({ request, url, bytes, status, ...client });
    });
    if (ready) {
      response.writeHead(ready.status, ready.headers).end(ready.body);
      return;
    }
    response.setHeader('Permissions-Policy', PERMISSIONS_POLICY);
    if (client.protocol === 'https')
      response.setHeader('Strict-Transport-Security', STRICT_TRANSPORT_SECURITY);
    const inside = url.startsWith(base) ? url.slice(base.length) : undefined;
    const [asked = ''] = (inside === undefined ? url : `/${inside}`).split('?');
    if (monitor(request, response, asked)) return;
    if (inside === undefined || !OFFICE.test(inside)) return site(request, response);
    request.url = url.slice(base.length - 1);
    void office(request, response);
  });

/** The browser of a request that has not reached the office. */
const clientOfMessage = ({ headers, socket }: IncomingMessage, settings: ProxySettings): Client =>
  clientOf(
    { headers: { get: (name: string) => headers[name]?.toString() ?? null } as Headers },
    {
      address: socket.remoteAddress,
    },
    settings,
  );

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

/** The port that a listening server has; 0 once it closes, when a last request may still be on its way. */
export const portOf = (server: Server): number => (server.address() as AddressInfo | null)?.port ?? 0;

/** Ends all connections. */
export async function closeListener(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
