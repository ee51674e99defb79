import { describe, expect, test } from 'vitest';
import { bases } from '../types/bases.ts';
import { labelOf, optionOf } from './labels.ts';

describe('字段的名称', () => {
  test('取自类型的定义，可选和列表里的字段也一样', () => {
    expect(labelOf(bases.schema, 'organisation')).toBe('依托单位');
    expect(labelOf(bases.schema, 'honours', 'level')).toBe('级别');
  });
  test('没有这个字段时写字段名，不报错', () => expect(labelOf(bases.schema, 'nothing')).toBe('nothing'));
  test('选项的名称取自定义；没有这一项时写原值', () => {
    expect(optionOf(bases.schema, ['honours', 'state'], 'recommended')).toBe('推荐');
    expect(optionOf(bases.schema, ['kind'], 'moon')).toBe('moon');
    expect(optionOf(bases.schema, ['title'], 'x')).toBe('x');
  });
});
