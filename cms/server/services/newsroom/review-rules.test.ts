import { expect, test } from 'vitest';
import type { Action, Step } from '../../../protocol/review.ts';
import { type Person, ROLES, type Role } from '../../../protocol/roles.ts';
import { advance, afterSave, allowedActions } from './review-rules.ts';
import { newRecord, type ReviewRecord } from './review-record.ts';

/** Which buttons each person has, and so which steps they may take: the server refuses all others. */

const NOW = new Date('2026-11-23T01:00:00Z');
const ALL: Step[] = ['first', 'second', 'final'];
const FORWARD = new Set<Action>(['approve', 'publish', 'schedule', 'return']);

const person = (login: string, role: Role): Person => ({ id: login, login, name: login, role });
const wang = person('xiaowang', 'author');
const zhao = person('xiaozhao', 'author');
const li = person('laoli', 'reviewer');
const qian = person('laoqian', 'reviewer');
const zhang = person('zhangjie', 'publisher');
const boss = person('zhuren', 'administrator');
const everybody = [wang, zhao, li, qian, zhang, boss];

/** Takes a step as a person who is allowed to. */
function take(record: ReviewRecord, who: Person, action: 'submit' | 'approve', steps = ALL): ReviewRecord {
  expect(allowedActions(record, who, steps), `${who.login} ${action}`).toContain(action);
  return advance(record, { action }, who, steps, NOW);
}

/** What each of them may do that takes a text further or back, by login. */
const forwardOf = (record: ReviewRecord | undefined, steps = ALL) =>
  Object.fromEntries(
    everybody.map((who) => [
      who.login,
      allowedActions(record, who, steps).filter((action) => FORWARD.has(action)),
    ]),
  );

const noActions = { xiaowang: [], xiaozhao: [], laoli: [], laoqian: [], zhangjie: [], zhuren: [] };

test('草稿谁也不能跳过审核；作者都能提交，能放弃的是写稿的人和「发布」以上的人', () => {
  const draft = newRecord(null, [wang]);
  expect(forwardOf(draft)).toEqual(noActions);
  for (const who of everybody) expect(allowedActions(draft, who, ALL), who.login).toContain('submit');
  const discarding = everybody.filter((who) => allowedActions(draft, who, ALL).includes('discard'));
  expect(discarding).toEqual([wang, zhang, boss]);
});

test('提交以后，只有写稿的人能撤回；作者没有审核和发布的按钮，别人的稿子也没有', () => {
  const first = take(newRecord(null, [wang]), wang, 'submit');
  expect(allowedActions(first, wang, ALL)).toEqual(['withdraw', 'comment']);
  expect(allowedActions(first, zhao, ALL)).toEqual(['comment']);
  expect(allowedActions(first, li, ALL)).toEqual(['approve', 'return', 'comment']);
});

test('每一步由不同的人审，最后一步只有「发布」以上的人能发布', () => {
  const mayApprove = ['approve', 'return'];
  const first = take(newRecord(null, [wang]), wang, 'submit');
  const reviewers = { laoli: mayApprove, laoqian: mayApprove, zhangjie: mayApprove, zhuren: mayApprove };
  expect(forwardOf(first)).toEqual({ ...noActions, ...reviewers });
  const second = take(first, li, 'approve');
  expect(forwardOf(second)).toEqual({ ...noActions, ...reviewers, laoli: [] });
  const final = take(second, qian, 'approve');
  const mayPublish = ['publish', 'schedule', 'return'];
  expect(forwardOf(final)).toEqual({ ...noActions, zhangjie: mayPublish, zhuren: mayPublish });
});

test('写过或改过这一稿的人不能给它终审', () => {
  const one = take(take(take(newRecord(null, [wang]), wang, 'submit'), li, 'approve'), qian, 'approve');
  const mended = afterSave(one, zhang, NOW);
  expect(mended).toMatchObject({ stage: 'final', authors: [{ login: 'xiaowang' }, { login: 'zhangjie' }] });
  expect(forwardOf(mended)).toEqual({ ...noActions, zhuren: ['publish', 'schedule', 'return'] });
});

test('别人改了送审的稿子，从头审起', () => {
  const second = take(take(newRecord(null, [wang]), wang, 'submit'), li, 'approve');
  expect(afterSave(second, wang, NOW)).toMatchObject({ stage: 'draft', approvals: [] });
  expect(afterSave(second, li, NOW)).toMatchObject({ stage: 'draft', approvals: [] });
});

test('只留终审的单位，提交以后直接由「发布」以上的人发布；不审的单位，他们直接发布', () => {
  const final = take(newRecord(null, [wang]), wang, 'submit', ['final']);
  expect(final.stage).toBe('final');
  const mayPublish = ['publish', 'schedule', 'return'];
  expect(forwardOf(final, ['final'])).toEqual({ ...noActions, zhangjie: mayPublish, zhuren: mayPublish });
  const at = ['publish', 'schedule'];
  expect(forwardOf(newRecord(null, [wang]), [])).toEqual({ ...noActions, zhangjie: at, zhuren: at });
});

test('已发布的内容，「发布」以上的人才能设下线时间、下线和更改地址', () => {
  for (const role of Object.keys(ROLES) as Role[]) {
    const isPublisher = role === 'publisher' || role === 'administrator';
    expect(allowedActions(undefined, person('x', role), ALL), role).toEqual(
      isPublisher ? ['expire', 'unpublish', 'comment', 'move'] : ['comment'],
    );
  }
});
