import { isPrivateAddress } from '../services/network-address.ts';

/**
 * Notices that requests come through a proxy that is not in the settings. Then all visitors seem to have one address, and
 * the login cookies are not marked for https only; nothing says so by itself.
 */

export interface ForwardedWatch {
  /** A request with `X-Forwarded-For` came from an address that is not the trusted proxy. */
  saw: (address: string) => void;
  /** The address that is probably a proxy; undefined when there is none but the one in the settings. */
  latest: (proxy: string) => string | undefined;
}

/** A stranger may send the header too; an address outside the office's own network is a proxy when it does so all the time. */
const MIN_TIMES_OUTSIDE = 100;
const MAX_ADDRESSES = 50;

export const forwardedAdvice = (address: string): string =>
  `从 ${address} 来的请求带着 X-Forwarded-For，但它不是设置里的代理，所以没有采信：所有访客看起来都是同一个地址。如果 ${address} 是你们的反向代理（nginx、Caddy），请在「服务器设置」的「代理的 IP 地址」里填 ${address}；不是就不用管`;

/** A watch; `warn` gets a sentence once for each address. */
export function watchForwarded(warn: (message: string) => void = console.warn): ForwardedWatch {
  const seen = new Map<string, number>();
  const isProxy = ([address, times]: [string, number]) =>
    isPrivateAddress(address) || times >= MIN_TIMES_OUTSIDE;
  return {
    saw(address) {
      const before = seen.get(address);
      if (before === undefined && seen.size >= MAX_ADDRESSES) return;
      const now: [string, number] = [address, (before ?? 0) + 1];
      seen.set(...now);
      if (isProxy(now) && !(before !== undefined && isProxy([address, before])))
        warn(forwardedAdvice(address));
    },
    latest: (proxy) =>
      [...seen].filter((one) => isProxy(one) && one[0] !== proxy).sort((a, b) => b[1] - a[1])[0]?.[0],
  };
}
