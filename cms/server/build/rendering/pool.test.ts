import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test, vi } from 'vitest';
import { makePages, workersFor } from './pool.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pool-'));
});

const COUNT = 800;
const pages = Array.from({ length: COUNT }, (_, index) => ({ file: `p${index}/index.html`, isThere: false }));
const contentOf = (file: string) => `<h1>${file}</h1>`;

/** As `page.ts` writes: never over a file that is there. */
function write(file: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), contentOf(file), { flag: 'wx' });
}

/** A worker that runs this at each page; it may write a page by `write`. */
function workerThat(does: string): string {
  const script = join(folder, 'worker.mjs');
  writeFileSync(
    script,
    `import { mkdirSync, writeFileSync } from 'node:fs';
const folder = process.argv[2];
let count = 0;
const write = (file, content = '<h1>' + file + '</h1>') => {
  mkdirSync(folder + '/' + file.replace('/index.html', ''), { recursive: true });
  writeFileSync(folder + '/' + file, content, { flag: 'wx' });
};
process.on('message', (order) => {
  for (const { file } of order) { count++; ${does} }
  process.send({ made: order.map(({ file }) => ({ file, key: 'k' })) });
});
writeFileSync(folder + '/started', '');
process.send({ ready: true });`,
  );
  return script;
}

async function make(worker: string) {
  const made: string[] = [];
  const notices: string[] = [];
  let here = 0;
  await makePages(pages, {
    folder,
    cores: 3,
    worker,
    async makeHere({ file }) {
      // So few pages would be made before a worker has started.
      if (here++ === 0 && existsSync(worker))
        await vi.waitUntil(() => existsSync(join(folder, 'started')), { timeout: 20_000 });
      write(file);
      return { file, key: 'k', reads: undefined };
    },
    onMade: ({ file }) => made.push(file),
    onNotice: (notice) => notices.push(notice),
  });
  return { made, notices, here };
}

const allWhole = () =>
  pages.every(({ file }) => readFileSync(join(folder, file), 'utf8') === contentOf(file));

test('几个进程分着做，每一页做一次', async () => {
  const { made, notices, here } = await make(workerThat('write(file);'));
  expect(made.sort()).toEqual(pages.map(({ file }) => file).sort());
  expect(here).toBeLessThan(COUNT);
  expect(notices).toEqual([]);
  expect(allWhole()).toBe(true);
});

test('进程做到一半死了，留下半页：它的页面由别的进程重做，说一声', async () => {
  const dies =
    "if (count === 20) { write(file, '<h1>'); process.kill(process.pid, 'SIGKILL'); for (;;) ; } write(file);";
  const { made, notices } = await make(workerThat(dies));
  expect(new Set(made).size).toBe(COUNT);
  expect(notices[0]).toContain('SIGKILL');
  expect(allWhole()).toBe(true);
});

test('进程起不来，自己全做', async () => {
  const { made, here } = await make(join(folder, 'missing.mjs'));
  expect([made.length, here]).toEqual([COUNT, COUNT]);
});

test('有一页做不出来，就停下并说明', async () => {
  await expect(make(workerThat("process.send({ failed: 'p9 没有做出来（500）' });"))).rejects.toThrow(
    '没有做出来',
  );
  expect(existsSync(join(folder, `p${COUNT - 1}/index.html`))).toBe(false);
});

test('页面少就不用别的进程；再多也不超过核数', () => {
  expect([10, 300, 800, 3000].map((count) => workersFor(count, 4))).toEqual([0, 0, 2, 3]);
  expect(workersFor(10_000, 1)).toBe(0);
});
