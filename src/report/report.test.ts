import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { inventedFacts, writeInventedCounty, YEAR } from '../../tests/fixtures/invented-county.ts';
import { openContent } from '../store/index.ts';
import { type ReportOutline, reportOutline } from '../types/report.ts';
import { composeReport, type Report, readMaterial, readOutline, textOf } from './index.ts';

const root = mkdtempSync(join(tmpdir(), 'report-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
/** The content of the invented county with its numbers and names changed. */
function county(change: Omit<Parameters<typeof writeInventedCounty>[0], 'folder'> = {}) {
  made += 1;
  const folder = join(root, `${made}/content`);
  mkdirSync(folder, { recursive: true });
  writeInventedCounty({ folder, ...change });
  const content = openContent({ contentDir: folder, cacheDir: join(root, `${made}/cache`) });
  return { folder, content };
}

function report(content: ReturnType<typeof county>['content'], year = YEAR, outline?: ReportOutline): Report {
  const material = readMaterial(content, year);
  const own = outline ?? readOutline(content, material.records.dictionary).outline;
  if (!own) throw new Error('the outline has errors');
  return composeReport({ outline: own, material, on: '2032-01-05' });
}

const outlineOf = (phrases: object[], more: object = {}): ReportOutline =>
  reportOutline.schema.parse({
    title: '汇报',
    emptyYear: '没有{年份}年的记录。',
    sections: [{ level: '1', heading: '一部分', paragraphs: [{ phrases }] }],
    ...more,
  });

const bodyOf = ({ blocks }: Report): string[] =>
  blocks.map((block) =>
    block.kind === 'heading'
      ? block.text
      : (block.lead ?? '') + block.sentences.map(({ runs }) => textOf(runs)).join(''),
  );

describe('虚构的县', () => {
  test('记录里的数字和名称都写进汇报', () => {
    const { content } = county();
    const text = bodyOf(report(content)).join('\n');
    for (const fact of inventedFacts()) expect(text).toContain(fact);
  });

  test('记录里的每个数字、每个名称都换掉，汇报跟着全换，没有一句是写死的', () => {
    const change = {
      bases: 2,
      n: (value: number) => value * 3 + 1,
      name: (text: string) => text.replaceAll(/[青石山春茶火]/gu, '乙'),
    };
    const before = bodyOf(report(county().content)).join('\n');
    const after = bodyOf(report(county(change).content)).join('\n');
    for (const fact of inventedFacts(change)) expect(after).toContain(fact);
    const changed = inventedFacts(change);
    for (const [at, fact] of inventedFacts().entries())
      if (fact !== changed[at]) expect(after.includes(fact), fact).toBe(false);
    const digits = (text: string) =>
      [...text.replaceAll(String(YEAR), '').matchAll(/\d+(?:\.\d+)?/g)].map(String);
    const former = new Set(digits(before));
    expect(digits(after).filter((one) => former.has(one))).toEqual([]);
  });

  test('每个数字都有脚注，脚注写明出自哪一条、网址是什么', () => {
    const { blocks, notes } = report(county().content);
    const sentences = blocks.flatMap((block) => (block.kind === 'paragraph' ? block.sentences : []));
    for (const { runs } of sentences)
      for (const [at, run] of runs.entries())
        if (run.figure)
          expect(
            runs.slice(at).some(({ note }) => note !== undefined),
            run.text,
          ).toBe(true);
    const trained = notes.find(({ sources }) => sources.some(({ detail }) => detail.startsWith('5077人')));
    expect(trained?.sources).toEqual([
      {
        id: 'events/chunxun',
        title: '高山育苗春训',
        address: 'https://qingshi.example/events/chunxun/',
        detail: '5077人',
      },
    ]);
  });

  test('一条写错的记录不算，也不影响别的', () => {
    const { folder, content } = county();
    writeFileSync(join(folder, 'events/chunxun.mdx'), '---\ntitle: 坏了\n---\n');
    const text = bodyOf(report(content)).join('\n');
    expect(text).not.toContain('5077');
    expect(text).toContain('围着火塘讲防火');
  });
});

describe('提纲', () => {
  const { content } = county();

  test('另一个县换一份提纲，不改程序就是另一份汇报', () => {
    const outline = outlineOf(
      [
        { text: '本年训练{培训人数|名}乡亲，办班{培训场次|期}' },
        { text: '修起{名称|《》|座}，花了{投资}', about: ['facilities/hall'] },
      ],
      { title: '{县名}一年' },
    );
    const made = report(content, YEAR, outline);
    expect(made.title).toBe('青石县一年');
    expect(bodyOf(made)).toEqual([
      '一、一部分',
      '本年训练5077名乡亲，办班37期，修起《青石县茶文化科普馆》，花了47万元。',
    ]);
  });

  test('没有填的数写【待填】；提纲说不写的，整句不写', () => {
    const written = report(
      content,
      YEAR,
      outlineOf([{ text: '发放门票{发放参观门票}' }, { text: '培训{培训人数}' }]),
    );
    expect(bodyOf(written)[1]).toBe('发放门票【待填】张，培训5077人。');
    const omitted = report(
      content,
      YEAR,
      outlineOf([{ text: '发放门票{发放参观门票}', blank: 'omit' }, { text: '培训{培训人数}' }]),
    );
    expect(bodyOf(omitted)[1]).toBe('培训5077人。');
  });

  test('没有这类记录的句子不写；只剩套话的一段也不写，这一部分说明没有记录', () => {
    const outline = outlineOf(
      [{ text: '加强阵地建设，' }, { text: '建成{名称}', about: ['facilities/gallery'] }],
      {
        emptySection: '没有这方面的记录。',
      },
    );
    expect(bodyOf(report(content, YEAR, outline))).toEqual(['一、一部分', '没有这方面的记录。']);
  });

  test('写明年份的句子，别的年份不带上', () => {
    const outline = outlineOf([{ text: '这一年修了路。', years: [2030] }, { text: '培训{培训人数}' }]);
    expect(bodyOf(report(content, YEAR, outline))[1]).toBe('培训5077人。');
  });

  test('一条一句、一个板块一句、合成一句，标点自己接上', () => {
    const about = ['caravan'];
    const each = report(
      content,
      YEAR,
      outlineOf([
        { text: '到{学校}', about, by: 'each' },
        { text: '共{数量|站}', about },
      ]),
    );
    expect(bodyOf(each)[1]).toBe('到青石一小；到青石二小，共2站。');
    const together = report(content, YEAR, outlineOf([{ text: '到{学校|所}', about }]));
    expect(bodyOf(together)[1]).toBe('到青石一小、青石二小2所。');
  });

  test('标题按公文的层次编号，段首自动「一是」「二是」', () => {
    const one = (name?: string) => ({ ...(name ? { name } : {}), phrases: [{ text: '培训{培训人数}' }] });
    const outline = reportOutline.schema.parse({
      title: '汇报',
      emptyYear: '没有。',
      sections: [
        { level: '1', heading: '甲', paragraphs: [] },
        { level: '2', heading: '乙', paragraphs: [one('种'), one('收')] },
        { level: '3', heading: '丙', paragraphs: [one('只有一段')] },
        { level: '4', heading: '丁', paragraphs: [one()] },
        { level: '1', heading: '戊', paragraphs: [] },
        { level: '2', heading: '己', paragraphs: [one()] },
      ],
    });
    expect(bodyOf(report(content, YEAR, outline))).toEqual([
      '一、甲',
      '（一）乙',
      '一是种。培训5077人。',
      '二是收。培训5077人。',
      '1.丙',
      '只有一段。培训5077人。',
      '（1）丁',
      '培训5077人。',
      '二、戊',
      '（一）己',
      '培训5077人。',
    ]);
  });

  test('一条记录也没有的年份，写一份短的，说明怎样办', () => {
    const empty = report(content, 1999);
    expect(bodyOf(empty)).toHaveLength(1);
    expect(bodyOf(empty)[0]).toContain('还没有1999年的记录');
    expect(empty.notes).toEqual([]);
  });

  test('写错的提纲说明哪个文件、哪一行、哪一项、怎样改，不生成汇报', () => {
    const { folder, content: broken } = county();
    const write = (text: string) => {
      writeFileSync(
        join(folder, 'data/report.yaml'),
        `title: 汇报\nemptyYear: 没有。\nsections:\n  - level: '1'\n    heading: 甲\n    paragraphs:\n      - phrases:\n          - text: ${text}\n`,
      );
      return readOutline(broken, readMaterial(broken, YEAR).records.dictionary);
    };
    const misspelt = write("'培训{培训人素}'");
    expect(misspelt.outline).toBeUndefined();
    expect(misspelt.problems).toEqual([
      expect.objectContaining({
        severity: 'error',
        file: 'content/data/report.yaml',
        line: 8,
        field: '「各部分」第 1 项「段」第 1 项「句」第 1 项「句式」',
        message: '不认识 {培训人素}。是不是 {培训人数}？',
      }),
    ]);
    expect(write("'培训{培训人数'").problems[0]).toMatchObject({
      line: 8,
      message: expect.stringContaining('没有成对'),
    });
    expect(write("'好'\n            about: [dragons]").problems[0]?.message).toContain(
      '没有「dragons」这一项',
    );
    expect(write("'没有收尾").outline).toBeUndefined();
  });

  test('内容里没有提纲时用示例提纲，里面只属于某一年的话不带上', () => {
    const { folder, content: bare } = county();
    rmSync(join(folder, 'data/report.yaml'));
    const { outline, isSample, problems } = readOutline(bare, readMaterial(bare, YEAR).records.dictionary);
    expect({ isSample, problems }).toEqual({ isSample: true, problems: [] });
    const phrases = outline?.sections.flatMap(({ paragraphs }) =>
      paragraphs.flatMap(({ phrases }) => phrases),
    );
    expect(phrases?.every(({ years }) => years.length === 0)).toBe(true);
    expect(bodyOf(report(bare)).join('')).toContain('培训5077人');
  });
});
