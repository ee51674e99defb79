import { describe, expect, test, vi } from 'vitest';
import { author, completePageNode, countyAddress, publishedTime, publisher } from './schema.ts';

vi.stubEnv('SITE', 'https://kepu.maihe.example');
vi.stubEnv('BASE_URL', '/');

describe('结构化数据的部件', () => {
  test.each([
    ['王建国', 'Person'],
    ['欧阳文山', 'Person'],
    ['编写组', 'Organization'],
    ['县医院', 'Organization'],
    ['县果业站', 'Organization'],
    ['麦禾县科协编写组', 'Organization'],
  ])('作者「%s」是 %s', (name, type) => expect(author(name)['@type']).toBe(type));

  test('地址：省、县、街道各在各的位置，街道里不再重复省和县', () => {
    expect(countyAddress('麦禾县蜂台镇东街')).toEqual({
      '@type': 'PostalAddress',
      addressCountry: 'CN',
      addressRegion: '陕西省',
      addressLocality: '麦禾县',
      streetAddress: '蜂台镇东街',
    });
    expect(countyAddress(undefined).streetAddress).toBeUndefined();
  });

  test('发布时间带时区；日子不详的只写年月', () => {
    expect(publishedTime('2026-11-06')).toBe('2026-11-06T00:00:00+08:00');
    expect(publishedTime('2022-03-01', { datePrecision: 'month' })).toBe('2022-03');
  });

  test('主办单位有图标，网页的节点补上网址和说明', () => {
    expect(publisher().logo).toMatchObject({ url: 'https://kepu.maihe.example/icons/icon-512.png' });
    const complete = completePageNode({ url: 'https://kepu.maihe.example/a/', description: '一句' });
    expect(complete({ '@type': 'WebPage', name: '甲' })).toMatchObject({
      url: 'https://kepu.maihe.example/a/',
      description: '一句',
    });
    expect(complete({ '@type': 'Event', name: '乙' })).toEqual({ '@type': 'Event', name: '乙' });
  });
});
