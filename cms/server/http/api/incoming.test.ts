import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { afterAll, expect, test } from 'vitest';
import { answerApiFailure } from '../failure.ts';
import { withReceived } from './incoming.ts';

const folder = mkdtempSync(join(tmpdir(), 'portal-incoming-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MB = 1024 * 1024;
let seen: { bytes: number; mode: number } | undefined;
const app = new Hono();
app.onError(answerApiFailure);
app.put('/', (context) =>
  withReceived(context, { folder, most: 4 * MB }, async (file) => {
    seen = { bytes: readFileSync(file).length, mode: statSync(file).mode & 0o777 };
    return context.json({});
  }),
);

/** Sends pieces of a megabyte as they are asked for; counts them. */
async function send(pieces: number, { breaksOff = false } = {}) {
  let taken = 0;
  const body = new ReadableStream<Uint8Array>(
    {
      pull(stream) {
        if (taken++ < pieces) stream.enqueue(new Uint8Array(MB).fill(taken));
        else if (breaksOff) stream.error(new Error('连接断了'));
        else stream.close();
      },
    },
    { highWaterMark: 0 },
  );
  const init: RequestInit & { duplex: 'half' } = { method: 'PUT', body, duplex: 'half' };
  const response = await app.request('/', init);
  return { status: response.status, taken, told: await response.json() };
}

test('文件边收边写到磁盘，只有这台服务器读得了，用完就删', async () => {
  expect(await send(3)).toMatchObject({ status: 200 });
  expect(seen).toEqual({ bytes: 3 * MB, mode: 0o600 });
  expect(readdirSync(folder)).toEqual([]);
});

test('没有说多长、又太长的，超过就不再收；传到一半断了的，什么也不留下', async () => {
  const long = await send(1000);
  expect([long.status, long.told]).toEqual([413, { message: '文件太大了，最多 4 MB；请压缩后再传' }]);
  expect(long.taken).toBeLessThan(20);
  expect((await send(2, { breaksOff: true })).status).toBe(500);
  expect(readdirSync(folder)).toEqual([]);
});
