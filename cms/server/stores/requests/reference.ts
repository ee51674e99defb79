import { randomInt } from 'node:crypto';

/** Numbers and secrets of requests, as they are made and as people type them. */

/** Crockford's base 32: no letters that are taken for digits. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const block = (length = 4) => Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** `DP26-7K3F-9QWX`: the year and forty random bits. */
export const newReference = (day: string) => `DP${day.slice(2, 4)}-${block()}-${block()}`;

/** `7K3FQ-9QWXM`: fifty random bits. */
export const newSecret = () => `${block(5)}-${block(5)}`;

/** Letters and digits as they are typed, on paper or on a phone, without spaces and dashes. */
const plainly = (typed: string) =>
  typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-—－]/g, '');

/** What was taken for a letter: the alphabet has no O, I and L. */
const asDigits = (text: string) => text.replace(/[OIL]/g, (letter) => (letter === 'O' ? '0' : '1'));

/** A reference number as people type it, in its own spelling; undefined when it cannot be one. */
export function asReference(typed: string): string | undefined {
  const plain = plainly(typed);
  const [, year, first, second] = /^DP(\d\d)([0-9A-Z]{4})([0-9A-Z]{4})$/.exec(plain) ?? [];
  if (!year || !first || !second) return undefined;
  return `DP${year}-${asDigits(first)}-${asDigits(second)}`;
}

/** A secret as people type it, in its own spelling. */
export const plainSecret = (typed: string): string => asDigits(plainly(typed));
