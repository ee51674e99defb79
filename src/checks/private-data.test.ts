import { expect, test } from 'vitest';
import { findPrivateData } from './private-data.ts';

const found = (text: string) => findPrivateData(text).map(({ what }) => what);

test('个人手机号，连写或分段写都认得出', () => {
  expect(found('联系人 13812345678')).toEqual(['个人手机号']);
  expect(found('电话：138-1234-5678。')).toEqual(['个人手机号']);
  expect(found('电话 138 1234 5678')).toEqual(['个人手机号']);
});

test('办公电话、热线、网址和编号里的数字不是手机号', () => {
  expect(found('办公电话 0917-1234567')).toEqual([]);
  expect(found('拨打 12356 或 96110')).toEqual([]);
  expect(found('https://www.example.org/13812345678.html')).toEqual([]);
  expect(found('编号 2026138123456789')).toEqual([]);
});

test('身份证号按校验位认，随便十八位数字不算', () => {
  expect(found('身份证 11010519491231002X')).toEqual(['身份证号']);
  expect(found('流水号 110105194912310021')).toEqual([]);
});

test('银行卡号按校验位认', () => {
  expect(found('卡号 6222020000000000001')).toEqual([]);
  expect(found('卡号 4111111111111111')).toEqual(['银行卡号']);
});
