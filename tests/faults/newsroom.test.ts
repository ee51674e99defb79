import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';

/** Acknowledged saves survive `kill -9` at any moment, a full disk and a read-only folder. */

interface Event {
  event: 'refused' | 'found' | 'begin' | 'done' | 'failed' | 'kept' | 'end';
  path: string;
  text: string;
  stage: string;
  faults: string;
  message: string;
  state: Record<string, { text: string; stage: string } | null>;
  moving: { slugs: string[]; drafts: string[]; used: string; led: string[] };
}

function writer(data: string, mode = 'write') {
  const child = spawn(process.execPath, ['tests/faults/writer.ts', data, mode], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const events: Event[] = [];
  const listeners = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    events.push(JSON.parse(line) as Event);
    for (const tell of listeners) tell();
  });
  /** The number of the first event of that name from the `start`th on. */
  const after = (name: Event['event'], start: number) =>
    new Promise<number>((resolve, reject) => {
      const look = () => {
        const found = events.findIndex(({ event }, index) => index >= start && event === name);
        if (found >= 0) resolve(found);
      };
      listeners.add(look);
      child.once('close', () => reject(new Error(`没有等到 ${name}：${JSON.stringify(events.at(-1))}`)));
      look();
    });
  const until = async (name: Event['event']) => events[await after(name, 0)] as Event;
  return { child, events, after, until };
}

const ended = (child: ChildProcess) =>
  new Promise<void>((resolve) =>
    child.exitCode === null && !child.signalCode ? child.once('close', () => resolve()) : resolve(),
  );

/** Starting an office twenty times takes its time on a machine with other work. */
const TIMEOUT_MS = 300_000;

/** The same but for how the front matter was written. */
const body = (text: string | undefined) => text?.replace(/\s+/g, ' ').trim();

test(
  '保存和发布两百多次，随时被杀掉，确认过的一次不少',
  {
    timeout: TIMEOUT_MS,
  },
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'killed-'));
    /** What must be there, by path; two possibilities where something had begun and was not acknowledged. */
    const expected = new Map<string, { text: string; stage: string }[]>();
    let acknowledged = 0;
    for (let round = 0; acknowledged < 220 || round < 20; round++) {
      const { child, events, until } = writer(data);
      const found = await until('found');
      expect(found.faults, `第 ${round} 次重启`).toBe('');
      for (const [path, possible] of expected) {
        const state = found.state[path];
        const fits = possible.some(
          ({ text, stage }) => state?.stage === stage && body(state.text) === body(text),
        );
        expect(fits, `${path}：${JSON.stringify(state)} 不是 ${JSON.stringify(possible)}`).toBe(true);
        expected.set(path, [state as { text: string; stage: string }]);
      }
      await wait(randomInt(20, 2500));
      child.kill('SIGKILL');
      await ended(child);
      for (const [index, { event, path, text, stage }] of events.entries()) {
        if (event !== 'begin') continue;
        const isDone = events[index + 1]?.event === 'done';
        if (isDone) acknowledged++;
        const before = expected.get(path) ?? [];
        expected.set(path, isDone ? [{ text, stage }] : [...before, { text, stage }]);
        // A file that was never acknowledged may also not be there at all.
        if (!isDone && before.length === 0) expected.delete(path);
      }
    }
    rmSync(data, { recursive: true, force: true });
  },
);

test(
  '更改地址时被杀掉，内容、草稿、通到它的链接和旧地址总在同一个地址上',
  {
    timeout: TIMEOUT_MS,
  },
  async () => {
    const data = mkdtempSync(join(tmpdir(), 'moved-'));
    let at = ['mai-zi'];
    let acknowledged = 0;
    for (let round = 0; acknowledged < 30 || round < 8; round++) {
      const { child, events, until } = writer(data, 'move');
      const { faults, moving } = await until('found');
      expect(faults, `第 ${round} 次重启`).toBe('');
      const [slug = ''] = moving.slugs;
      expect(at).toContain(slug);
      expect(moving).toMatchObject({ slugs: [slug], used: slug, led: [slug] });
      expect(moving.drafts.every((draft) => draft === slug)).toBe(true);
      await wait(randomInt(20, 900));
      child.kill('SIGKILL');
      await ended(child);
      const done = events.filter(({ event }) => event === 'done');
      const last = done.at(-1)?.path ?? slug;
      const begun = events.at(-1)?.event === 'begin' ? (events.at(-1)?.path as string) : last;
      acknowledged += done.length;
      at = [last, begun];
    }
    rmSync(data, { recursive: true, force: true });
  },
);

test('同一个文件夹上的第二个服务器不启动，第一个被杀掉以后就能启动', async () => {
  const data = mkdtempSync(join(tmpdir(), 'two-servers-'));
  const first = writer(data);
  await first.until('found');
  const second = writer(data);
  expect((await second.until('refused')).message).toContain('已经有一个编辑服务在用');
  first.child.kill('SIGKILL');
  await ended(first.child);
  const third = writer(data);
  expect((await third.until('found')).faults).toBe('');
  third.child.kill('SIGKILL');
  await ended(third.child);
  rmSync(data, { recursive: true, force: true });
});

test('文件夹变成只读，保存不收，原有的都在，能写以后照常', async ({ skip }) => {
  const data = mkdtempSync(join(tmpdir(), 'read-only-'));
  const { child, events, after } = writer(data, 'persist');
  await after('done', 0);
  const store = join(data, 'content.git');
  try {
    execFileSync('mount', ['--bind', store, store], { stdio: 'ignore' });
  } catch {
    child.kill('SIGKILL');
    return skip('把文件夹变成只读要有管理员权限');
  }
  // Refused at a moment in which a file there is being written.
  await vi.waitFor(() => execFileSync('mount', ['-o', 'remount,ro,bind', store], { stdio: 'ignore' }), {
    timeout: 20_000,
    interval: 5,
  });
  const frozen = await after('failed', events.length);
  execFileSync('umount', ['--lazy', store]);
  await after('done', frozen + 1);
  child.kill('SIGKILL');
  await ended(child);

  const expected = new Map<string, { text: string; stage: string }[]>();
  for (const [index, begun] of events.entries()) {
    if (begun.event !== 'begin') continue;
    const outcome = events[index + 1]?.event;
    if (outcome === 'done') expected.set(begun.path, [begun]);
    // What was begun last and not acknowledged may be there or not; the first text of a file also not at all.
    else if (outcome === undefined && expected.has(begun.path))
      expected.set(begun.path, [...(expected.get(begun.path) ?? []), begun]);
  }
  const again = writer(data);
  const { faults, state } = await again.until('found');
  expect(faults).toBe('');
  for (const [path, possible] of expected) {
    const seen = state[path];
    expect(
      possible.some(({ text, stage }) => body(text) === body(seen?.text) && stage === seen?.stage),
      path,
    ).toBe(true);
  }
  again.child.kill('SIGKILL');
  await ended(again.child);
  rmSync(data, { recursive: true, force: true });
});

/** A small disk of its own; undefined where only an administrator of the machine may make one. */
function smallDisk(): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'none', folder], { stdio: 'ignore' });
    return folder;
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
}

test('磁盘满了，保存不收，原有的都在，有地方以后照常', async ({ skip }) => {
  const disk = smallDisk();
  if (!disk) return skip('挂载一个小磁盘要有管理员权限');
  try {
    const { child, events, until } = writer(disk, 'fill');
    const { faults } = await until('end');
    expect(faults).toBe('');
    expect(events.some(({ event }) => event === 'failed')).toBe(true);
    const done = events.findLastIndex(
      ({ event }, index) =>
        event === 'begin' &&
        events[index + 1]?.event === 'done' &&
        events[index]?.path.endsWith('kill-0.mdx'),
    );
    const kept = events.find(({ event }) => event === 'kept');
    expect(body(kept?.text)).toBe(body(events[done]?.text));
    await ended(child);
    const again = writer(disk);
    expect((await again.until('found')).faults).toBe('');
    again.child.kill('SIGKILL');
    await ended(again.child);
  } finally {
    execFileSync('umount', ['--lazy', disk]);
    rmSync(disk, { recursive: true, force: true });
  }
});
