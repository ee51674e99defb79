import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { writeFileAtomic } from './write-atomically.ts';

/**
 * Files of the caches that tell themselves whether they are whole: the digest of the rest is their first line. One that a
 * power cut emptied, a full disk cut off or a failing disk changed counts as missing, and is made again.
 */

const LINE_FEED = 0x0a;

export const digestOf = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

/** Keeps a content for `readKept`. */
export function writeKept(file: string, content: string | Uint8Array): void {
  const bytes = Buffer.concat([Buffer.from(`${digestOf(content)}\n`), Buffer.from(content)]);
  // One that a power cut leaves empty counts as missing.
  writeFileAtomic(file, bytes, undefined, { flush: false });
}

/** What was kept; undefined when there is no such file or it is damaged. */
export function readKept(file: string): Buffer | undefined {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return undefined;
  }
  const end = bytes.indexOf(LINE_FEED);
  const content = bytes.subarray(end + 1);
  return end > 0 && bytes.subarray(0, end).toString() === digestOf(content) ? content : undefined;
}
