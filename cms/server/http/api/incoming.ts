import { randomUUID } from 'node:crypto';
import { createWriteStream, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Context } from 'hono';
import { Refused } from '../../services/refused.ts';

/** Receiving a file: to the disk as it comes, never the whole in memory. */

const MB = 1024 * 1024;

const tooLarge = (most: number) =>
  new Refused(413, `文件太大了，最多 ${Math.floor(most / MB)} MB；请压缩后再传`);

/** How long the browser says that the body is; 0 when it does not. */
export const announcedBytes = ({ req }: Context): number => Number(req.header('content-length')) || 0;

/**
 * Writes the body of a request to a file in a folder, and removes it when the work with it is done.
 *
 * @throws {Refused} 413 when it is longer than `most` bytes
 */
export async function withReceived<Result>(
  context: Context,
  { folder, most }: { folder: string; most: number },
  work: (file: string) => Promise<Result>,
): Promise<Result> {
  if (announcedBytes(context) > most) throw tooLarge(most);
  const file = join(folder, randomUUID());
  let received = 0;
  async function* limited(body: AsyncIterable<Uint8Array>) {
    for await (const chunk of body) {
      received += chunk.length;
      if (received > most) throw tooLarge(most);
      yield chunk;
    }
  }
  const { body } = context.req.raw;
  try {
    const source = body ? Readable.fromWeb(body as ReadableStream<Uint8Array>) : Readable.from([]);
    await pipeline(source, limited, createWriteStream(file, { mode: 0o600 }));
    return await work(file);
  } finally {
    rmSync(file, { force: true });
  }
}
