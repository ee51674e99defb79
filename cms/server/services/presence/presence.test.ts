import { randomUUID } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import { FORGET_AFTER_SECONDS, type PresenceCall } from '../../../protocol/presence.ts';
import { openPresence, type Presence } from './index.ts';

const PATH = 'content/news/jia.mdx';
const wang = { id: 'w', name: '王老师', login: 'wang', role: 'author' } as const;
const li = { id: 'l', name: '李老师', login: 'li', role: 'author' } as const;
const [wangForm, liForm] = [randomUUID(), randomUUID()];

let time: number;
let presence: Presence;
beforeEach(() => {
  time = Date.parse('2026-11-24T01:00:00Z');
  presence = openPresence({ now: () => new Date(time) });
});
const pass = (seconds: number) => {
  time += seconds * 1000;
};
const asWang = (wants: PresenceCall['wants'], isTyping = false, form = wangForm) =>
  presence.call(wang, { path: PATH, form, wants, isTyping });
const asLi = (wants: PresenceCall['wants'], form = liForm) =>
  presence.call(li, { path: PATH, form, wants, isTyping: false });

test('先打开的人在编辑，后打开的人看到是谁、什么时候动过', () => {
  expect(asWang('edit')).toEqual({ isEditing: true, wasTaken: false, isWatched: false });
  pass(120);
  const at = '2026-11-24T01:00:00.000Z';
  const holder = { path: PATH, name: '王老师', login: 'wang', at, isSelf: false };
  expect(asLi('edit')).toEqual({ isEditing: false, holder, wasTaken: false, isWatched: false });
  expect(presence.list(li)).toEqual([holder]);
  expect(presence.list(wang)).toEqual([{ ...holder, isSelf: true }]);
  expect(asWang('edit', true).isWatched).toBe(true);
  expect(asLi('look').holder?.at).toBe('2026-11-24T01:02:00.000Z');
});

test('关上或者没了声音就放开，等的人知道了，要自己动手才接过去', () => {
  asWang('edit');
  expect(asLi('look').holder?.name).toBe('王老师');
  asWang('leave');
  expect(asLi('look')).toEqual({ isEditing: false, wasTaken: false, isWatched: false });
  expect(presence.list(wang)).toEqual([]);
  expect(asLi('edit').isEditing).toBe(true);
  pass(FORGET_AFTER_SECONDS + 1);
  expect(asWang('edit').isEditing).toBe(true);
  // The computer of 李老师 wakes up.
  expect(asLi('edit')).toMatchObject({ isEditing: false, holder: { name: '王老师' } });
});

test('接过去，两边都知道；放下的人不会自己又抢回来，接回来也行', () => {
  asWang('edit');
  asLi('edit');
  expect(asLi('take')).toMatchObject({ isEditing: true, isWatched: true });
  expect(asWang('edit')).toMatchObject({ isEditing: false, wasTaken: true, holder: { name: '李老师' } });
  asLi('leave');
  expect(asWang('edit')).toMatchObject({ isEditing: false, wasTaken: true });
  expect(asWang('take')).toEqual({ isEditing: true, wasTaken: false, isWatched: false });
});

test('自己在另一个窗口打开，不用问就接着写，原来的窗口知道', () => {
  asWang('edit');
  const other = randomUUID();
  expect(asWang('edit', false, other).isEditing).toBe(true);
  expect(asWang('edit')).toMatchObject({ isEditing: false, wasTaken: true, holder: { isSelf: true } });
  // The first window does not take it back by itself.
  expect(asWang('edit', false, other).isEditing).toBe(true);
});

test('一个人占不了成千上万条', () => {
  const open = (index: number) =>
    presence.call(wang, {
      path: `content/news/n${index}.mdx`,
      form: randomUUID(),
      wants: 'edit',
      isTyping: false,
    });
  for (let index = 0; index < 100; index++) open(index);
  expect(() => open(100)).toThrow('太多');
  expect(presence.list(li)).toHaveLength(100);
});
