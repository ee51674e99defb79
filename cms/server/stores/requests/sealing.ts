import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Encryption of what people write into a request: AES-256-GCM (NIST SP 800-38D), the key in a file of its own. */

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

export interface Seal {
  /** Encrypts a value; it opens only under the same name. */
  close: (name: string, value: unknown) => Uint8Array;
  /** The value, or undefined when the key or the name is not the one it was closed with. */
  open: (name: string, sealed: Uint8Array) => unknown;
  /** A signature of a text, to know it again when a form brings it back. */
  sign: (text: string) => string;
  isSigned: (text: string, signature: string) => boolean;
}

/**
 * Opens the key file, made when there is none; only this user of the machine may read it.
 *
 * @param purpose what is sealed: each has a key of its own, so that none opens what belongs to another
 */
export function openSeal(keyFile: string, purpose = 'visit requests'): Seal {
  const key = keyOf(keyFile);
  // The same key for two purposes only by way of two keys derived from it: RFC 5869.
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', key, '', use, KEY_BYTES));
  const sealing = derived(purpose);
  const signing = derived('form tokens');
  const sign = (text: string) => createHmac('sha256', signing).update(text).digest('base64url');
  return {
    close(name, value) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, sealing, nonce).setAAD(Buffer.from(name));
      const text = Buffer.concat([cipher.update(JSON.stringify(value), 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open(name, sealed) {
      const bytes = Buffer.from(sealed);
      try {
        const decipher = createDecipheriv(ALGORITHM, sealing, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: TAG_BYTES,
        })
          .setAAD(Buffer.from(name))
          .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const text = Buffer.concat([
          decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)),
          decipher.final(),
        ]);
        return JSON.parse(text.toString('utf8')) as unknown;
      } catch {
        return undefined;
      }
    },
    sign,
    isSigned(text, signature) {
      const expected = Buffer.from(sign(text));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}

function keyOf(keyFile: string): Buffer {
  if (!existsSync(keyFile)) {
    mkdirSync(dirname(keyFile), { recursive: true });
    writeFileSync(keyFile, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  }
  const isOpen = process.platform !== 'win32' && (statSync(keyFile).mode & 0o077) !== 0;
  if (isOpen) chmodSync(keyFile, 0o600);
  const key = Buffer.from(readFileSync(keyFile, 'utf8').trim(), 'base64');
  if (key.length !== KEY_BYTES)
    throw new Error(
      `${keyFile} 不是完整的密钥：请从保管的备份恢复它；没有备份就删掉它，用 NEW_KEYS=requests npm start 启动一次，以前的申请将读不出来`,
    );
  return key;
}
