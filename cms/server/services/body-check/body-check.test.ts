import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { renderBody } from '../../../../src/body/index.ts';
import { openBodyCheck } from './index.ts';

/** Below the limits, and the slowest for the parser of all that were tried. */
const HOSTILE = `好好的一段。\n\n${'www. x\n'.repeat(4000)}`;

const check = openBodyCheck();

test('检查最费时的正文时，别的请求照常轮到；结果和当场检查的一样', async () => {
  let isDone = false;
  const checked = check.render(HOSTILE).finally(() => {
    isDone = true;
  });
  let turns = 0;
  while (!isDone) {
    await yieldToEventLoop();
    turns++;
  }
  // Rendered on the main thread, it would be done at the first turn.
  expect(turns).toBeGreaterThan(100);
  expect(await checked).toEqual(renderBody(HOSTILE));
  // A second look does not check it again.
  expect(await check.render(HOSTILE)).toBe(await checked);
});

test('到时还没有检查完的，说出是哪一段、怎么办，下一篇照常检查', async () => {
  const { problems, html } = await openBodyCheck({ timeoutMs: 1 }).render(HOSTILE);
  expect(html).toBe('');
  expect(problems).toMatchObject([{ severity: 'error', line: 3 }]);
  expect(problems[0]?.message).toMatch(/第 3 行起的一段太复杂.*草稿已经存下.*用空行分段/);
  const long = `${'正文。'.repeat(100)}\n\n`.repeat(40);
  expect((await check.render(long)).problems).toEqual([]);
});
