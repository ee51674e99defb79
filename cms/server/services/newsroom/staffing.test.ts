import { expect, test } from 'vitest';
import type { Step } from '../../../protocol/review.ts';
import type { Person, Role } from '../../../protocol/roles.ts';
import { newRecord } from './review-record.ts';
import { stuckSteps, waitsFor } from './staffing.ts';

/** No draft ends in nobody's hands without anybody being told. */

const ALL: Step[] = ['first', 'second', 'final'];
const person = (name: string, role: Role): Person => ({ id: name, login: name, name, role });
const wang = person('小王', 'author');
const li = person('老李', 'reviewer');
const qian = person('老钱', 'reviewer');
const zhang = person('张姐', 'publisher');
const boss = person('主任', 'administrator');

test('人手够的不说什么', () => {
  expect(stuckSteps(newRecord(null, [wang]), ALL, [wang, li, qian, zhang, boss])).toEqual([]);
});

test('能审的人都写过：说是谁，可以请谁、由谁给角色', () => {
  const [sentence, ...rest] = stuckSteps(newRecord(null, [li]), ['first'], [wang, li]);
  expect(rest).toEqual([]);
  expect(sentence).toContain('初审没有人能做：能做的「老李」写过或审过这一稿');
  const written = newRecord(null, [zhang, boss]);
  expect(stuckSteps(written, ['final'], [wang, li, zhang, boss])).toEqual([
    '终审没有人能做：能做的「张姐」、「主任」都写过或审过这一稿。请管理员「主任」在「账号」里给「小王」、「老李」「发布」的角色',
  ]);
});

test('每一步各有人能做，合起来人不够的，也在提交的时候说', () => {
  const [sentence, ...rest] = stuckSteps(newRecord(null, [wang]), ['first', 'final'], [wang, zhang]);
  expect(rest).toEqual([]);
  expect(sentence).toContain('初审、终审只有「张姐」能做，每一步要由不同的人审');
});

test('已经审过的步骤不再算，等谁审只列能审的人', () => {
  const record = {
    ...newRecord(null, [wang]),
    stage: 'second' as const,
    approvals: [{ login: '老李', name: '老李', step: 'first' as const }],
  };
  expect(waitsFor(record, [wang, li, qian, zhang]).map(({ name }) => name)).toEqual(['老钱', '张姐']);
  expect(stuckSteps(record, ALL, [wang, li, qian, zhang])).toEqual([]);
  expect(stuckSteps(record, ALL, [wang, li, zhang])[0]).toContain('复审、终审只有「张姐」能做');
});
