import { isIPv4, isIPv6 } from 'node:net';

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

/** The network that an address shares with its neighbours: the first 24 bits of an IPv4 address, `networkOf` of others. */
export function widerNetworkOf(address: string): string {
  const plain = plainAddress(address);
  return isIPv4(plain) ? `${plain.replace(/\.\d+$/, '')}.0/24` : networkOf(plain);
}

const PRIVATE_V4 = /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.)/;
const PRIVATE_V6 = /^(?:::1$|f[cd]|fe[89ab])/i;

/** Whether an address is of this machine or of a network that the internet does not reach (RFC 1918, RFC 4193). */
export const isPrivateAddress = (address: string): boolean =>
  PRIVATE_V4.test(plainAddress(address)) || PRIVATE_V6.test(address);
