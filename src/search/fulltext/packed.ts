import { inflateSync } from 'fflate';

/**
 * Files of the full-text index are compressed as they lie on the disk (raw deflate): small ones by the ten thousand, which
 * would otherwise each need two more files for what browsers accept. Their first four bytes are the checksum of what is
 * inside. Bundled for browsers.
 */

export const CHECKSUM_BYTES = 4;

/** FNV-1a of the bytes. */
export function checksum(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < bytes.length; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
  return hash >>> 0;
}

/**
 * The content of a file.
 *
 * @throws when it is damaged or cut off
 */
export function unpack(file: Uint8Array): Uint8Array {
  if (file.length <= CHECKSUM_BYTES) throw new Error('索引的文件是空的');
  const content = inflateSync(file.subarray(CHECKSUM_BYTES));
  const told = new DataView(file.buffer, file.byteOffset).getUint32(0);
  if (checksum(content) !== told) throw new Error('索引的文件坏了');
  return content;
}
