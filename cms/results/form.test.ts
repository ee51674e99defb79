import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { events } from '../../src/types/events.ts';
import { indicator } from '../../tests/support/figures.ts';
import { readFileParts, writeFile } from '../documents/format.ts';
import { applyForm } from './apply.ts';
import { suggestedFor } from './dictionary.ts';
import type { Indicator } from './figure.ts';
import { type Data, formOf, newRow, type ResultsForm, withSuggestions } from './form.ts';
import { mergeForms } from './merge.ts';

const DICTIONARY = [
  indicator('handouts', 'copy', { kinds: ['fair', 'lecture'] }),
  indicator('consultations', 'attendance', { kinds: ['fair'] }),
  indicator('people-trained', 'person', { kinds: ['training'] }),
  indicator('app-users', 'person', { nature: 'stock' }),
];
const context = {
  indicators: new Map(DICTIONARY.map((one) => [one.id, one])),
  evidence: '',
  now: '2026-11-28T10:00',
};

const FILE = `---
title: 集市   # 老标题
kind: fair
summary: 一句话。
uid: 'a@kx'
start: 2026-10-24T08:00
state: completed
hosts: [县科协]
place: 东街
open: public
results:
  - { indicator: stalls, value: 7, method: measured, reportedBy: 李 } # 数过
  - { indicator: handouts, evidence: 登记表未收齐 }
published: 2026-10-09
---

正文。
`;
const PARTS = readFileParts(FILE, 'mdx');
const form = (change: (form: ResultsForm) => void = () => {}) => {
  const made = formOf(PARTS.data);
  change(made);
  return made;
};
const apply = (made: ResultsForm, more: Partial<typeof context> = {}) =>
  applyForm(PARTS.data, made, { ...context, ...more });
const written = (data: Data) => writeFile({ ...PARTS, data }, 'mdx', events.schema, FILE);

describe('补成果的表单', () => {
  test('什么也没填，文件一个字节也不变；空着的数还是空着', () => {
    const { data, faults } = apply(withSuggestions(form(), DICTIONARY));
    expect(faults).toEqual({});
    expect(written(data)).toBe(FILE);
  });

  test('只改填了的字段，别的行、注释、没有显示的字段都不动', () => {
    const filled = form((made) => {
      made.state = 'completed';
      Object.assign(made.rows[1] as object, { value: '约1,650', method: 'estimated' });
      made.rows.push({ ...newRow('consultations'), value: '320', evidence: '计数单' });
    });
    const { data, faults } = apply(filled);
    expect(faults).toEqual({});
    const text = written(data);
    expect(text).toContain('  - { indicator: stalls, value: 7, method: measured, reportedBy: 李 } # 数过\n');
    expect(readFileParts(text, 'mdx').data.results).toEqual([
      { indicator: 'stalls', value: 7, method: 'measured', reportedBy: '李' },
      {
        indicator: 'handouts',
        value: 1650,
        approximate: true,
        method: 'estimated',
        evidence: '登记表未收齐',
      },
      { indicator: 'consultations', value: 320, evidence: '计数单' },
    ]);
    const changed = text.split('\n').filter((line) => !FILE.split('\n').includes(line));
    expect(changed.every((line) => /state|indicator|value|approximate|method|evidence/.test(line))).toBe(
      true,
    );
  });

  test('全部清空的一项删去；共同的依据只给这次填的数', () => {
    const filled = form((made) => {
      made.state = 'completed';
      Object.assign(made.rows[1] as object, { evidence: '' });
      made.rows.push({ ...newRow('consultations'), value: '5' });
    });
    expect(apply(filled, { evidence: '照片' }).data.results).toEqual([
      { indicator: 'stalls', value: 7, method: 'measured', reportedBy: '李' },
      { indicator: 'consultations', value: 5, evidence: '照片' },
    ]);
  });

  test('填错的一次全说出来，各在自己的格子旁', () => {
    const filled = form((made) => {
      made.state = 'confirmed';
      made.sessions = '0';
      made.photos = [{ src: '/uploads/a.jpg', alt: '集市', license: '本会拍摄', caption: '' }];
      Object.assign(made.rows[0] as object, { indicator: 'handouts', value: '-3', item: '' });
      Object.assign(made.rows[1] as object, { value: '3639人次' });
      made.rows.push({ ...newRow(), value: '5' }, { ...newRow('consultations'), method: 'measured' });
    });
    expect(apply(filled).faults).toMatchObject({
      state: '填了成果的数，请选「完成」',
      sessions: expect.stringContaining('至少是 1 场'),
      photoConsent: expect.stringContaining('有照片就要选一项'),
      'row-0-value': '不能是负数',
      'row-1-value': expect.stringContaining('写的是「人次」'),
      'row-1-item': expect.stringContaining('同一个指标'),
      'row-2-indicator': expect.stringContaining('请选'),
      'row-3-value': expect.stringContaining('没有写数'),
    });
  });

  test('没到时候的不能完成，取消要写原因，取消的没有成果', () => {
    const states = (state: string, now: string) =>
      apply(
        form((made) => {
          made.state = state;
        }),
        { now },
      ).faults;
    expect(states('completed', '2026-10-24T07:00').state).toContain('还没有到开始的时间');
    expect(states('completed', '2026-10-24T08:00')).toEqual({});
    expect(states('cancelled', '2026-11-01T08:00')).toEqual({
      state: expect.stringContaining('就不是取消'),
      changeReason: expect.stringContaining('原因'),
    });
  });
});

describe('先问哪些指标', () => {
  test('词典里写了这种活动要问的；由记录得出的不问', () => {
    const ids = (dictionary: Indicator[]) =>
      suggestedFor('fair', dictionary, () => [{ results: [{ indicator: 'app-users' }, null, 7] }]).map(
        ({ id }) => id,
      );
    expect(ids(DICTIONARY)).toEqual(['handouts', 'consultations']);
    expect(ids(DICTIONARY.map((one) => ({ ...one, derived: 'uploads' as const })))).toEqual([]);
    // A dictionary from before there was such a field.
    expect(ids(DICTIONARY.map(({ kinds: _, ...one }) => one))).toEqual(['app-users']);
  });
});

describe('两个人同时补', () => {
  const rowsOf = ({ rows }: ResultsForm) => rows.map(({ indicator, value }) => `${indicator}=${value}`);

  test('改的地方不同，两边都留下', () => {
    const mine = form((made) => {
      Object.assign(made.rows[0] as object, { value: '8' });
    });
    const now = form((made) => {
      made.platform = '已上传';
      Object.assign(made.rows[1] as object, { value: '650' });
      made.rows.push({ ...newRow('consultations'), key: 'consultations||1', value: '300' });
    });
    const merged = mergeForms(form(), mine, now);
    expect(merged.theirs).toEqual({});
    expect(merged.form.platform).toBe('已上传');
    expect(rowsOf(merged.form)).toEqual(['stalls=8', 'handouts=650', 'consultations=300']);
  });

  test('同一个数写得不同，留着我的，写出对方的', () => {
    const mine = form((made) => {
      Object.assign(made.rows[1] as object, { value: '700' });
      made.rows.push({ ...newRow('consultations'), value: '310' });
    });
    const now = form((made) => {
      made.rows.shift();
      Object.assign(made.rows[0] as object, { value: '650' });
      made.rows.push({ ...newRow('consultations'), key: 'consultations||1', value: '300' });
    });
    const merged = mergeForms(form(), mine, now);
    expect(rowsOf(merged.form)).toEqual(['handouts=700', 'consultations=310']);
    expect(merged.theirs).toEqual({ 'row-0-value': '650', 'row-1-value': '300' });
  });

  test('没有人动过，合起来还是那样；只有一边动过，就是那一边的', () => {
    const text = fc.constantFrom('', '1', '2');
    const change = fc.record({ platform: text, sessions: text, value: text, evidence: text });
    fc.assert(
      fc.property(change, ({ platform, sessions, ...row }) => {
        const changed = form((made) => {
          Object.assign(made, { platform, sessions });
          Object.assign(made.rows[0] as object, row);
        });
        expect(mergeForms(form(), form(), form())).toEqual({ form: form(), theirs: {} });
        expect(mergeForms(form(), changed, form())).toEqual({ form: changed, theirs: {} });
        expect(mergeForms(form(), form(), changed)).toEqual({ form: changed, theirs: {} });
        expect(mergeForms(form(), changed, changed).theirs).toEqual({});
      }),
    );
  });
});
