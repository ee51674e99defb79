import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback, plainAddress } from '../../services/network-address.ts';
import type { Metrics } from './metrics.ts';

/** For programs that watch the server: `/healthz` for everybody, `/metrics` for this machine or with a token. */

export interface MonitorParts {
  /** Whether visitors get the site. */
  isReady: () => boolean;
  metrics: Pick<Metrics, 'contentType' | 'text'>;
  /** `METRICS_TOKEN`: who sends it as `Authorization: Bearer …` may read the metrics from anywhere. */
  token?: string | undefined;
}

/** A shorter one could be guessed. */
const LEAST_TOKEN = 16;

const PLAIN = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/** Answers an address of the monitor, given below the base path; false for every other. */
export function monitorHandler({ isReady, metrics, token }: MonitorParts) {
  if (token && token.length < LEAST_TOKEN)
    throw new Error(`环境变量 METRICS_TOKEN 太短：至少 ${LEAST_TOKEN} 个字符，请换一个长的`);

  return (request: IncomingMessage, response: ServerResponse, pathname: string): boolean => {
    if (pathname === '/healthz') {
      const status = isReady() ? 200 : 503;
      response.writeHead(status, { ...PLAIN, 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ status: isReady() ? 'ok' : 'starting' }));
      return true;
    }
    // To everybody else there is no such page.
    if (pathname !== '/metrics' || !(isLocal(request) || hasToken(request, token))) return false;
    metrics.text().then(
      (text) => response.writeHead(200, { ...PLAIN, 'Content-Type': metrics.contentType }).end(text),
      (error: Error) => {
        console.error(error);
        response.writeHead(500, PLAIN).end();
      },
    );
    return true;
  };
}

/** Headers of a proxy: a request with one of them comes from elsewhere, though its connection is of this machine. */
const FORWARDED = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-proto', 'x-real-ip'];

/** Whether a program of this machine asks, without a proxy and under this machine's own name. */
function isLocal({ socket, headers }: IncomingMessage): boolean {
  if (!isLoopback(plainAddress(socket.remoteAddress ?? ''))) return false;
  if (FORWARDED.some((name) => headers[name] !== undefined)) return false;
  return /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?$/i.test(headers.host ?? '');
}

function hasToken({ headers }: IncomingMessage, token: string | undefined): boolean {
  if (!token) return false;
  const [given, wanted] = [Buffer.from(headers.authorization ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
