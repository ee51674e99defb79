import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Devices from which an account has signed in: a signed cookie that opens nothing, but lets its browser try a password while
 * strangers have the name locked. Each device has its own count of failures.
 * https://owasp.org/www-community/Slow_Down_Online_Guessing_Attacks_with_Device_Cookies
 */

const PREFIX = 'portal.device.';
export const DEVICE_DAYS = 180;

export interface Devices {
  /** The `Set-Cookie` header that makes this browser a known device of an account. */
  cookieFor: (account: string) => string;
  /** What failures of a known device are counted by; undefined for a browser that is none. Without account, of any. */
  keyOf: (cookies: string, account?: string) => string | undefined;
}

export const isDeviceCookie = (cookie: string): boolean => cookie.startsWith(PREFIX);

/** Cookie names show no account. */
const nameOf = (account: string) => createHash('sha256').update(account).digest('hex').slice(0, 12);

/** Known devices of an office; `base` is the path below which the cookies are sent. */
export function knownDevices(secret: string, base: string): Devices {
  const sign = (text: string) => createHmac('sha256', secret).update(`device:${text}`).digest('base64url');
  const isSigned = (text: string, signature: string) => {
    const expected = Buffer.from(sign(text));
    const given = Buffer.from(signature);
    return expected.length === given.length && timingSafeEqual(expected, given);
  };
  return {
    cookieFor(account) {
      const seconds = DEVICE_DAYS * 86_400;
      const name = nameOf(account);
      const text = `${name}.${randomBytes(12).toString('base64url')}.${Date.now() + seconds * 1000}`;
      const value = `${text.slice(name.length + 1)}.${sign(text)}`;
      return `${PREFIX}${name}=${value}; Max-Age=${seconds}; Path=${base}; HttpOnly; SameSite=Strict`;
    },
    keyOf(cookies, account) {
      for (const cookie of cookies.split(/;\s*/)) {
        const [, name = '', nonce = '', until = '', signature = ''] =
          /^portal\.device\.([0-9a-f]{12})=([\w-]+)\.(\d+)\.([\w-]+)$/.exec(cookie) ?? [];
        if (!nonce || (account !== undefined && name !== nameOf(account))) continue;
        if (Number(until) > Date.now() && isSigned(`${name}.${nonce}.${until}`, signature)) return nonce;
      }
      return undefined;
    },
  };
}
