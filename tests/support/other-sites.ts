import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mayConnect } from '../../cms/server/services/outside-links/addresses.ts';
import type { Visiting } from '../../cms/server/services/outside-links/visit.ts';

/** A server that plays other websites: host names that end in `.test` resolve to it, others do not resolve. */

type Page = (response: ServerResponse, request: IncomingMessage) => unknown;

const status =
  (code: number, ofHead = code): Page =>
  (response, { method }) =>
    response.writeHead(method === 'HEAD' ? ofHead : code).end();

const movedTo =
  (location: string): Page =>
  (response) =>
    response.writeHead(301, { location }).end();

const PAGES: Record<string, Page> = {
  '/well': status(200),
  '/gone': status(404),
  '/gone-for-good': status(410),
  '/members': status(403),
  '/robots-out': status(521),
  '/broken': status(500),
  '/only-get': status(200, 405),
  '/head-is-gone': status(200, 404),
  '/head-hangs-up': (response, { method }) => (method === 'HEAD' ? response.destroy() : response.end('好')),
  '/moved': movedTo('/well'),
  '/moved-to-chinese': movedTo(Buffer.from('/好').toString('latin1')),
  [encodeURI('/好')]: status(200),
  '/moved-to-nothing': movedTo('/gone'),
  '/round-and-round': movedTo('/round-and-round'),
  '/to-inner': movedTo('http://10.0.0.1/'),
  '/to-metadata': movedTo('http://169.254.169.254/latest/'),
  '/to-loopback': movedTo('http://[::1]/'),
  '/to-other-port': movedTo('http://well.test:22/'),
  '/to-mail': movedTo('mailto:kx@example.com'),
  '/sets-cookie': (response) =>
    response.writeHead(302, { location: '/well', 'set-cookie': 'secret=1; Path=/' }).end(),
  '/silent': () => {},
  '/slow': (response) => void setTimeout(() => response.end('好'), 30),
};

export interface OtherSites {
  /** Address of a page; its path chooses what happens. */
  at: (path: string, host?: string) => string;
  port: number;
  /** Lets this one server be reached; for everything else the rule is the real one. */
  rules: Pick<Visiting, 'mayConnect' | 'resolve' | 'timeoutMs'>;
  /** The requests, and the maximum number of concurrent ones. */
  seen: {
    requests: { method: string; host: string; path: string; headers: IncomingMessage['headers'] }[];
    names: string[];
    atOnce: number;
    atOneHost: number;
    bytesSent: number;
  };
  /** Whether `/sometimes` opens. */
  isUp: boolean;
  /** Whether names can be looked up. */
  isOnline: boolean;
  /** Forgets what was seen. */
  clear: () => void;
  close: () => void;
}

const nothingSeen = (): OtherSites['seen'] => ({
  requests: [],
  names: [],
  atOnce: 0,
  atOneHost: 0,
  bytesSent: 0,
});

const failure = (code: string) => Object.assign(new Error(`getaddrinfo ${code}`), { code });

/** Starts them on a free port. */
export async function openOtherSites(): Promise<OtherSites> {
  const open: string[] = [];
  const endless: Page = (response, { method }) => {
    if (method === 'HEAD') return response.writeHead(405).end();
    const chunk = Buffer.alloc(64 * 1024);
    const more = () => {
      do sites.seen.bytesSent += chunk.length;
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    return more();
  };
  const sometimes: Page = (response) => (sites.isUp ? response.end('好') : response.destroy());
  const pages: Record<string, Page> = { ...PAGES, '/endless': endless, '/sometimes': sometimes };

  const server = createServer((request, response) => {
    const { method = '', url = '', headers } = request;
    const host = (headers.host ?? '').replace(/:.*/, '');
    const { seen } = sites;
    seen.requests.push({ method, host, path: url, headers });
    open.push(host);
    seen.atOnce = Math.max(seen.atOnce, open.length);
    seen.atOneHost = Math.max(seen.atOneHost, open.filter((one) => one === host).length);
    response.once('close', () => open.splice(open.indexOf(host), 1));
    (pages[url.replace(/\?.*/, '')] ?? status(404))(response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const sites: OtherSites = {
    at: (path, host = 'well.test') => `http://${host}:${port}${path}`,
    port,
    rules: {
      mayConnect: (address, asked) =>
        (address === '127.0.0.1' && asked === port) || mayConnect(address, asked),
      async resolve(name) {
        sites.seen.names.push(name);
        if (!sites.isOnline) throw failure('EAI_AGAIN');
        if (!name.endsWith('.test')) throw failure('ENOTFOUND');
        return [{ address: '127.0.0.1', family: 4 }];
      },
      timeoutMs: 500,
    },
    seen: nothingSeen(),
    isUp: true,
    isOnline: true,
    clear() {
      sites.seen = nothingSeen();
      sites.isUp = true;
      sites.isOnline = true;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
  return sites;
}
