import { expect, test } from 'vitest';
import type { Problem } from '../../../src/model/problems.ts';
import { groupByField } from './problem-groups.ts';

const problem = (field: string | undefined, message: string): Problem => ({
  severity: 'error',
  file: '',
  field,
  message,
});

test('问题按字段归在一起：同一列表的各项、正文各处，整篇的单独一组', () => {
  const groups = groupByField([
    problem('「活动成果」第 1 项「数值」', '不能小于 0'),
    problem('正文 ', '像是个人手机号'),
    problem('「活动成果」第 3 项「依据」', '像是个人手机号'),
    problem('正文 「图片」', '没有替代文字'),
    problem(undefined, '旧地址'),
  ]);
  expect(
    groups.map(({ label, problems }) => [label, ...problems.map(({ where, message }) => where + message)]),
  ).toEqual([
    ['「活动成果」', '第 1 项「数值」不能小于 0', '第 3 项「依据」像是个人手机号'],
    ['正文', '像是个人手机号', '「图片」没有替代文字'],
    ['', '旧地址'],
  ]);
});
