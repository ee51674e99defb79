/** An upload that is not taken; the message is a Chinese sentence saying why and what to do. */
export class Refusal extends Error {}

/** Megabytes as the messages count them. */
export const MB = 1024 * 1024;

/** Bytes as text, one character a byte: signatures and markers can be searched for. */
export const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
