import { request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import type { LookupFunction } from 'node:net';
import {
  isPublicAddress,
  type Resolved,
  resolveName,
  type Rules,
  targetOf,
} from '../outside-links/addresses.ts';

/** Requests that this server makes to others: checked addresses, a time limit, nothing followed. */

export interface OutgoingRules extends Rules {
  /** Whether unencrypted connections are allowed: only in tests, to this machine. */
  isPlainAllowed: boolean;
}

/** The rule for everything but tests: public addresses, encrypted. */
export const PUBLIC_ONLY: OutgoingRules = {
  mayConnect: (address) => isPublicAddress(address),
  resolve: resolveName,
  isPlainAllowed: false,
};

/** Why nothing was sent, Chinese. */
export class NotSent extends Error {
  override name = 'NotSent';
  /** Whether trying again is useless. */
  isFinal: boolean;
  constructor(message: string, { isFinal = false } = {}) {
    super(message);
    this.isFinal = isFinal;
  }
}

export const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

/** The checked addresses of a host; a resolver that fails is not the end of it. */
export async function checkedAddresses(url: URL, rules: OutgoingRules): Promise<Resolved[]> {
  const target = await targetOf(url, rules).catch(() => {
    throw new NotSent(`查不到「${url.hostname}」的地址：这台机器可能连不上外网`);
  });
  if (!target) throw new NotSent(`「${url.hostname}」在内部网络里，没有去连`);
  return target.addresses;
}

/**
 * Posts JSON and reads the answer's JSON. Redirects are not followed.
 *
 * @throws {NotSent}
 */
export async function postJson(
  address: string,
  body: unknown,
  rules: OutgoingRules,
): Promise<Record<string, unknown>> {
  const url = new URL(address);
  const isSecure = url.protocol === 'https:';
  if (!isSecure && !rules.isPlainAllowed) throw new NotSent('只往 https 的地址发', { isFinal: true });
  const addresses = await checkedAddresses(url, rules);
  // The name is not looked up again: it could lead elsewhere by then.
  const lookup: LookupFunction = (_name, { all }, callback) => {
    const [first] = addresses;
    if (all) callback(null, addresses);
    else callback(null, first?.address ?? '', first?.family);
  };
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const request = (isSecure ? requestSecure : requestPlain)(
      url,
      {
        method: 'POST',
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'content-length': Buffer.byteLength(text),
        },
        agent: false,
        lookup,
        signal: AbortSignal.timeout(TIMEOUT_MS),
      },
      (response) => {
        const chunks: Buffer[] = [];
        let bytes = 0;
        response.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > MAX_ANSWER_BYTES) request.destroy();
          else chunks.push(chunk);
        });
        response.once('error', () => reject(new NotSent('对方的回答没有收全')));
        response.once('end', () => {
          const { statusCode = 0 } = response;
          if (statusCode < 200 || statusCode > 299)
            return reject(new NotSent(`对方没有收下（${statusCode}）`));
          try {
            resolve(JSON.parse(Buffer.concat(chunks).toString()));
          } catch {
            reject(new NotSent('对方的回答看不懂，地址可能不对'));
          }
        });
      },
    );
    request.once('error', ({ name }) =>
      reject(
        new NotSent(
          name === 'TimeoutError' || name === 'AbortError' ? '等了很久没有回答' : '连不上对方的服务器',
        ),
      ),
    );
    request.once('close', () => reject(new NotSent('对方的回答没有收全')));
    request.end(text);
  });
}
