import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';

/**
 * Which machines this server may connect to on its own. Links are written by authors, and must not make the server send
 * requests to the internal network, where it is trusted (SSRF, CWE-918).
 */

/** IPv4 that is not global unicast: https://www.iana.org/assignments/iana-ipv4-special-registry/ and multicast. */
const NOT_PUBLIC_IPV4: readonly [network: string, prefix: number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Between a provider and its customers, RFC 6598.
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local; cloud providers serve the credentials of a machine there.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** All that is public in IPv6; loopback, ULA, link-local, multicast, IPv4-mapped and NAT64 lie outside (RFC 4291). */
const GLOBAL_IPV6: [network: string, prefix: number] = ['2000::', 3];

/** What is not public within it: https://www.iana.org/assignments/iana-ipv6-special-registry/. */
const NOT_PUBLIC_IPV6: readonly [network: string, prefix: number][] = [
  // Protocol assignments, Teredo among them, which carries an IPv4 address.
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 carries an IPv4 address too.
  ['2002::', 16],
  ['3fff::', 20],
];

const refusedIpv4 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_IPV4) refusedIpv4.addSubnet(network, prefix, 'ipv4');
const refusedIpv6 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_IPV6) refusedIpv6.addSubnet(network, prefix, 'ipv6');
const globalIpv6 = new BlockList();
globalIpv6.addSubnet(...GLOBAL_IPV6, 'ipv6');

/** Whether an IP address, as a resolver gives it, is a public one; false for what is no IP address. */
export function isPublicAddress(address: string): boolean {
  // `fe80::1%eth0`: a zone names a network of this machine.
  if (address.includes('%')) return false;
  if (isIP(address) === 4) return !refusedIpv4.check(address, 'ipv4');
  if (isIP(address) === 6) return globalIpv6.check(address, 'ipv6') && !refusedIpv6.check(address, 'ipv6');
  return false;
}

const WEB_PORTS: readonly number[] = [80, 443];

/** The rule for everything but tests: web servers with public addresses. */
export const mayConnect = (address: string, port: number): boolean =>
  WEB_PORTS.includes(port) && isPublicAddress(address);

/** An address that a name stands for. */
export interface Resolved {
  address: string;
  family: number;
}

/**
 * Every address of a host name, by the resolver of this machine.
 *
 * @throws an error with code `ENOTFOUND` when there is no such name
 */
export const resolveName = (name: string): Promise<Resolved[]> => lookup(name, { all: true });

/** Host name of a URL as sockets take it: IPv6 without brackets. */
const hostOf = ({ hostname }: URL) => hostname.replace(/^\[(.*)\]$/, '$1');

/** Port of a URL, with the protocol's own where none is written. */
const portOf = ({ protocol, port }: URL) => Number(port || (protocol === 'https:' ? 443 : 80));

export interface Target {
  host: string;
  port: number;
  addresses: Resolved[];
}

export interface Rules {
  mayConnect: (address: string, port: number) => boolean;
  resolve: (name: string) => Promise<Resolved[]>;
}

/**
 * Where a URL leads, every address of it checked; `undefined` when one of them is not allowed. Unusual notations
 * (`0x7f.1`, `2130706433`) are plain addresses once they are a `URL`.
 *
 * @throws what the resolver throws
 */
export async function targetOf(url: URL, { mayConnect, resolve }: Rules): Promise<Target | undefined> {
  const host = hostOf(url);
  const port = portOf(url);
  const addresses = isIP(host) ? [{ address: host, family: isIP(host) }] : await resolve(host);
  const isAllowed = addresses.length > 0 && addresses.every(({ address }) => mayConnect(address, port));
  return isAllowed ? { host, port, addresses } : undefined;
}
