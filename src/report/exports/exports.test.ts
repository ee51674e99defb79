import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractRawText } from 'mammoth';
import readXlsxFile from 'read-excel-file/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeInventedCounty, YEAR } from '../../../tests/fixtures/invented-county.ts';
import { openContent } from '../../store/index.ts';
import { exportsOf, type Material, readMaterial } from '../index.ts';

const root = mkdtempSync(join(tmpdir(), 'exports-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let material: Material;
beforeAll(() => {
  const folder = join(root, 'content');
  writeInventedCounty({ folder });
  // A zero is a figure.
  writeFileSync(
    join(folder, 'statistics/zero.yaml'),
    `title: 零\nindicator: media-placements\ndate: ${YEAR}-12-31\nvalue: 0\nsource: 平台\n`,
  );
  material = readMaterial(openContent({ contentDir: folder, cacheDir: join(root, 'cache') }), YEAR);
});

const fileOf = (name: string, of = material) => {
  const file = exportsOf(of)
    .flatMap(({ files }) => files)
    .find((one) => one.name === name);
  if (!file) throw new Error(`no ${name}`);
  return file.make();
};
const sheetsOf = async (name: string) =>
  new Map((await readXlsxFile(await fileOf(name))).map(({ sheet, data }) => [sheet, data]));
const textOf = async (name: string) => (await extractRawText({ buffer: await fileOf(name) })).value;

test('文件名是中文，带着年份，没有 Windows 不收的字', () => {
  const names = exportsOf(material).flatMap(({ files }) => files.map(({ name }) => name));
  expect(names).toEqual([
    '青石县2031年科普统计.xlsx',
    '青石县2031年全国科普日活动备案表.xlsx',
    '青石县2031年科技之春活动备案表.xlsx',
    '青石县2031年荣誉一览.xlsx',
    '2031年科普基地自评表-青石县云雾茶科普基地.docx',
    '2031年科普工作-青石镇.docx',
  ]);
});

test('科普统计一个表号一张表：数字是数，没有记录写「-」，是零写 0', async () => {
  const sheets = await sheetsOf('青石县2031年科普统计.xlsx');
  expect([...sheets.keys()].slice(0, 2)).toEqual(['KP-001 科普人员', 'KP-002 科普场地']);
  const value = (sheet: string, indicator: string) =>
    sheets.get(sheet)?.find((row) => row[1] === indicator)?.[3];
  expect(value('KP-005 科普活动', '培训人数')).toBe(5077);
  expect(value('KP-001 科普人员', '注册科技志愿者')).toBe(4211);
  expect(value('KP-004 科普传媒', '网站和媒体刊登信息')).toBe(0);
  expect(value('KP-005 科普活动', '接受群众咨询')).toBe('-');
});

test('科普统计写明约数、不全和去重口径', async () => {
  const rows = (await sheetsOf('青石县2031年科普统计.xlsx')).get('KP-005 科普活动');
  const row = (indicator: string) => rows?.find(([, name]) => name === indicator);
  expect(row('参与活动人次')?.[4]).toBe('约数');
  expect(row('参加体验的师生')?.[4]).toContain('实际不少于');
  expect(row('培训人数')?.[5]).toContain('只计一次');
});

test('备案表一场活动一行，带它的数字，末行是合计', async () => {
  const [data = []] = [...(await sheetsOf('青石县2031年全国科普日活动备案表.xlsx')).values()];
  const [titles = [], ...rows] = data;
  const at = (title: string) => titles.indexOf(title);
  expect(rows).toHaveLength(4);
  const talk = rows.find((row) => row[1] === '火塘夜话防火宣传');
  expect(talk?.[at('参与活动人次（人次）')]).toBe(7421);
  expect(talk?.[at('展示教具和展品（件）')]).toBeNull();
  expect(talk?.[at('网址')]).toBe('https://qingshi.example/events/huotang/');
  expect(rows.at(-1)?.[1]).toBe('合计');
  expect(rows.at(-1)?.[at('展示教具和展品（件）')]).toBe(83);
});

test('荣誉分获评和推荐两张表', async () => {
  const sheets = await sheetsOf('青石县2031年荣誉一览.xlsx');
  expect(sheets.get('获评')?.[1]?.slice(1, 4)).toEqual(['“科技之春”组织奖', '省级', '青石县科学技术协会']);
  expect(sheets.get('推荐申报')?.[1]?.[1]).toBe('省级农村科普示范基地');
});

test('自评表填好本站有的，没有的写【待填】', async () => {
  const text = await textOf('2031年科普基地自评表-青石县云雾茶科普基地.docx');
  for (const known of [
    '青石县云雾茶科普基地',
    '农村科普示范基地',
    '青石镇',
    '8831人次',
    '省级农村科普示范基地（省级，推荐，2031年）',
  ])
    expect(text).toContain(known);
  expect(text).toContain('【待填】平方米');
});

test('乡镇页只有这个乡镇的活动、数字、基地，没有的说没有', async () => {
  const text = await textOf('2031年科普工作-青石镇.docx');
  expect(text).toContain('大篷车第0站');
  expect(text).toContain('83件');
  expect(text).toContain('青石县云雾茶科普基地');
  expect(text).not.toContain('高山育苗春训');
  const empty = { ...material, ofYear: [], records: { ...material.records, entries: [] } };
  const none = await extractRawText({ buffer: await fileOf('2031年科普工作-青石镇.docx', empty) });
  expect(none.value).toContain('没有写明在青石镇办的活动');
});
