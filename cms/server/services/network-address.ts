import { isIPv6 } from 'node:net';

/** Network addresses as the limits count them. */

/** `::ffff:10.0.0.1` is the same machine as `10.0.0.1`. */
export const plainAddress = (address: string) => address.trim().replace(/^::ffff:(?=\d+\.)/i, '');

/** Whether an address is this machine itself. */
export const isLoopback = (address: string): boolean => address === '::1' || address.startsWith('127.');

const GROUPS = 8;
const NETWORK_GROUPS = 4;

/**
 * What limits count by: an IPv4 address, or the first 64 bits of an IPv6 address, `2001:db8:0:1::/64`, since a
 * customer gets at least all of those (RFC 6177). A text that is no address stays as it is.
 */
export function networkOf(address: string): string {
  const plain = plainAddress(address).replace(/%.*$/, '');
  if (!isIPv6(plain)) return plain;
  // `URL` writes an IPv6 address in one way only (RFC 5952).
  const { hostname } = new URL(`http://[${plain}]`);
  const [before = [], after = []] = hostname
    .slice(1, -1)
    .split('::')
    .map((part) => part.split(':').filter(Boolean));
  const zeros = Array<string>(GROUPS - before.length - after.length).fill('0');
  return `${[...before, ...zeros, ...after].slice(0, NETWORK_GROUPS).join(':')}::/64`;
}
