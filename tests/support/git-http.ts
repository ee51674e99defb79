import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A Git host on 127.0.0.1: Git's own `http-backend` behind basic authentication. */
export interface GitHttp {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** Answers with this status instead of asking Git, while it is set. */
  broken: number | undefined;
  /** Breaks the connection off in the middle of a push, while it is set. */
  cut?: boolean;
  /** `method path status` of each request. */
  requests: string[];
  close: () => Promise<void>;
}

/**
 * @param root folder of bare repositories
 * @param credentials `name:token` that may write
 */
export async function serveGit(root: string, credentials: string): Promise<GitHttp> {
  const server = createServer((request, response) => {
    const { pathname, search } = new URL(request.url ?? '/', 'http://localhost');
    const answer = (status: number, headers = {}) => {
      host.requests.push(`${request.method} ${pathname} ${status}`);
      response.writeHead(status, headers).end();
      request.resume();
    };
    if (host.broken) return answer(host.broken, { location: 'http://127.0.0.1:9/elsewhere.git' });
    if (request.headers.authorization !== `Basic ${Buffer.from(credentials).toString('base64')}`)
      return answer(401, { 'www-authenticate': 'Basic realm="git"' });
    if (host.cut && request.method === 'POST') {
      host.requests.push(`${request.method} ${pathname} cut`);
      request.once('data', () => request.socket.destroy());
      return;
    }
    const child = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_PROJECT_ROOT: root,
        GIT_HTTP_EXPORT_ALL: '1',
        REMOTE_USER: 'portal',
        REQUEST_METHOD: request.method,
        PATH_INFO: pathname,
        QUERY_STRING: search.slice(1),
        CONTENT_TYPE: request.headers['content-type'],
        CONTENT_LENGTH: request.headers['content-length'],
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'],
        GIT_PROTOCOL: request.headers['git-protocol'] as string | undefined,
      },
    });
    request.pipe(child.stdin);
    child.stdin.on('error', () => {});
    const output: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.once('close', () => {
      const whole = Buffer.concat(output);
      const end = whole.indexOf('\r\n\r\n');
      const headers = Object.fromEntries(
        whole
          .subarray(0, end)
          .toString()
          .split('\r\n')
          .map((line) => line.split(/:\s*/, 2) as [string, string]),
      );
      const status = Number.parseInt(headers.Status ?? '200', 10);
      host.requests.push(`${request.method} ${pathname} ${status}`);
      response.writeHead(status, headers).end(whole.subarray(end + 4));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host: GitHttp = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    broken: undefined,
    requests: [],
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return host;
}
