import { describe, expect, test } from 'vitest';
import { readEntry } from '../model/entry.ts';
import type { ContentType } from '../model/type.ts';
import { campaigns } from '../types/campaigns.ts';
import { caravan } from '../types/caravan.ts';
import { events } from '../types/events.ts';
import { statistics } from '../types/statistics.ts';
import { teams } from '../types/teams.ts';
import { checkContradictions } from './contradictions.ts';
import type { CheckedFile, Corpus } from './corpus.ts';
import { checkEarlyStatistics } from './early-figures.ts';
import type { Indicator } from './figures.ts';
import { checkGoods } from './goods.ts';
import { checkHeldAndUploaded } from './held-and-uploaded.ts';
import { checkJumps } from './jumps.ts';
import { checkParts } from './parts.ts';
import { checkPeopleAndAttendances } from './people-and-attendances.ts';

/** The rules about figures, on files as they are written. */

const indicator = (
  id: string,
  name: string,
  unit: Indicator['unit'],
  nature: Indicator['nature'] = 'flow',
) => ({
  id,
  name,
  unit,
  nature,
  summable: true,
  headline: false,
});
const DICTIONARY: Indicator[] = [
  indicator('handouts', '发放科普资料', 'copy'),
  indicator('goods-given', '发放宣传品', 'piece'),
  indicator('people-trained', '培训人数', 'person'),
  indicator('training-attendances', '培训人次', 'attendance'),
  indicator('essays-written', '学生撰写征文', 'report'),
  indicator('essays-awarded', '获奖征文', 'report'),
  indicator('volunteer-activities', '科技志愿服务活动', 'session'),
  indicator('platform-uploads', '志愿服务平台上传活动', 'time'),
  indicator('app-users', '科普中国 App 注册用户', 'person', 'stock'),
  indicator('party-coverage', '党组织覆盖率', 'percent', 'stock'),
];
const content = { list: () => ({ items: DICTIONARY }) } as unknown as Corpus['content'];

function file(type: ContentType, slug: string, data: string, body = ''): CheckedFile {
  const text = type.format === 'mdx' ? `---\n${data}---\n\n${body}\n` : data;
  const path = `content/${type.name}/${slug}.${type.format}`;
  const entry = readEntry(type.schema, path, text, type.format);
  expect(entry.problems, path).toEqual([]);
  return {
    kind: type.name,
    type,
    slug,
    file: path,
    schema: type.schema,
    data: entry.data as Record<string, unknown>,
    entry: entry as CheckedFile['entry'],
    rendered: undefined,
  };
}
const event = (slug: string, results: readonly string[], more = '', body = '') =>
  file(
    events,
    slug,
    `title: ${slug}\nkind: fair\nsummary: 一句话。\nuid: ${slug}@kx\n${more.includes('start:') ? '' : 'start: 2026-10-24\n'}${more.includes('state:') ? '' : 'state: completed\n'}place: 东街\nopen: public\npublished: 2026-10-01\n${more}results:${results.length > 0 ? `\n${results.map((one) => `  - { ${one} }\n`).join('')}` : ' []\n'}`,
    body,
  );
const campaign = (slug: string, results: readonly string[]) =>
  file(
    campaigns,
    slug,
    `title: ${slug}\nyear: 2026\nkind: science-day\nsummary: 一句话。\npublished: 2026-09-01\nresults:\n${results.map((one) => `  - { ${one} }\n`).join('')}`,
  );
const figure = (slug: string, of: string, date: string, value: number, more = '') =>
  file(
    statistics,
    slug,
    `title: ${slug}\nindicator: ${of}\ndate: ${date}\nvalue: ${value}\nsource: 汇报\n${more}`,
  );

const said = (problems: readonly { file: string; field?: string | undefined; message: string }[]) =>
  problems.map(
    ({ file: path, field = '', message }) => `${path.replace(/^content\/|\.\w+$/g, '')} ${field}${message}`,
  );

describe('同一件事有两个数', () => {
  test('存量在同一年末有两个数，写的哪一天都算；一样的、别的年的不说', () => {
    const files = [
      figure('jia', 'app-users', '2026-12-31', 1283),
      figure('yi', 'app-users', '2026-12-30', 1278),
      figure('bing', 'app-users', '2025-12-31', 900),
      figure('ding', 'app-users', '2026-06-30', 1000),
      figure('wu', 'handouts', '2026-12-31', 10),
      figure('ji', 'handouts', '2026-12-30', 20),
    ];
    expect(said(checkContradictions({ files, content }))).toEqual([
      'statistics/yi 「数值」同一指标同一天有两个数：这里 1278，「jia」是 1283；请核实并说明',
    ]);
  });
});

describe('办了多少、传了多少', () => {
  const derived: Indicator[] = DICTIONARY.map((one) => ({
    ...one,
    ...(one.id === 'volunteer-activities' && { derived: 'sessions-volunteer' as const }),
    ...(one.id === 'platform-uploads' && { derived: 'uploads' as const }),
  }));
  const withDerived = { list: () => ({ items: derived }) } as unknown as Corpus['content'];
  const squad = file(
    teams,
    'fendui',
    'title: 分队\nkind: volunteer\nsummary: 一句话。\nfounded: 2020\npublished: 2020-01-01\n',
  );
  const held = (slug: string, more: string) => event(slug, [], `teams: [fendui]\n${more}`);
  const check = (files: CheckedFile[]) =>
    said(checkHeldAndUploaded({ files: [squad, ...files], content: withDerived }));

  test('志愿活动按场次比上传的次数，指出差在哪几条', () => {
    const files = [
      held('xuanchuan', 'sessions: 26\nuploads: 18\nplatform: 已上传\n'),
      held('yizhen', 'platform: 已上传\n'),
      held('jizhen', ''),
      event('bie-de', [], 'platform: 已上传\n'),
    ];
    expect(check(files)).toEqual([
      expect.stringMatching(
        /^events\/xuanchuan 「平台编号」2026 年科技志愿服务办了 28 次、上传 19 次，差 9 次（「xuanchuan」办 26 次传 18 次、「jizhen」办 1 次传 0 次）：请补传/,
      ),
    ]);
    expect(check([held('yizhen', 'platform: 已上传\n'), event('bie-de', [], 'platform: 已上传\n')])).toEqual(
      [],
    );
    expect(check([])).toEqual([]);
  });

  test('词典里还没有「由记录得出」的，比填的两个数', () => {
    const ban = figure('ban', 'volunteer-activities', '2026-12-31', 26);
    const of = (files: CheckedFile[]) => said(checkHeldAndUploaded({ files, content }));
    const chuan = (value: number) => figure('chuan', 'platform-uploads', '2026-12-31', value);
    expect(of([ban, chuan(18)])).toEqual([
      expect.stringMatching(
        /^statistics\/chuan 「数值」2026 年科技志愿服务办了 26 次、上传 18 次，差 8 次：请补传/,
      ),
    ]);
    expect(of([ban, chuan(30)])[0]).toContain('比办的 26 次还多');
    expect(of([ban, chuan(26)])).toEqual([]);
    expect(of([ban])).toEqual([]);
  });
});

describe('部分比总数大', () => {
  test('获奖的比写的多、各场加起来比总数多、百分数超过 100', () => {
    const files = [
      event('zhengwen', ['indicator: essays-written, value: 80', 'indicator: essays-awarded, value: 90']),
      campaign('kepuri', ['indicator: handouts, value: 1000']),
      event('yi', ['indicator: handouts, value: 700'], 'campaign: kepuri\n'),
      event('er', ['indicator: handouts, value: 600'], 'campaign: kepuri\n'),
      event(
        'san',
        ['indicator: handouts, value: 999'],
        'campaign: kepuri\nstate: cancelled\nchangeReason: 下雨\n',
      ),
      figure('fugai', 'party-coverage', '2026-12-31', 950),
    ];
    const problems = checkParts({ files, content });
    expect(said(problems)).toEqual([
      'statistics/fugai 「数值」百分数超过 100，请改正',
      'events/zhengwen 「活动成果」第 2 项「数值」「获奖征文」 90 比「学生撰写征文」 80 还多，请核对',
      'campaigns/kepuri 「活动成果」第 1 项「数值」「发放科普资料」总数是 1000，各场加起来有 1300（「yi」 700、「er」 600）：请核对哪一个不对',
    ]);
    expect(problems.map(({ severity }) => severity)).toEqual(['error', 'warning', 'warning']);
    expect(problems[1]?.line).toBeGreaterThan(1);
  });

  test('约数差一点点、正好相等、没有数的，不说', () => {
    const files = [
      campaign('kepuri', ['indicator: handouts, value: 1000, approximate: true']),
      event(
        'yi',
        ['indicator: handouts, value: 1050', 'indicator: essays-awarded, value: 5'],
        'campaign: kepuri\n',
      ),
      event('er', ['indicator: handouts', 'indicator: essays-written'], 'campaign: kepuri\n'),
      figure('fugai', 'party-coverage', '2026-12-31', 100),
    ];
    expect(checkParts({ files, content })).toEqual([]);
  });
});

describe('日子还没有到就有数', () => {
  test('明年的数今年就填了；今年年末的存量可以先填', () => {
    const files = [
      figure('ming-nian', 'app-users', '2027-12-31', 900),
      figure('nian-mo', 'app-users', '2026-12-31', 900),
    ];
    expect(said(checkEarlyStatistics({ files }, '2026-11-28'))).toEqual([
      'statistics/ming-nian 「数值」2027-12-31 还没有到，已经有了数；请核对日期和数值',
    ]);
  });
});

describe('和去年差得太多', () => {
  const year = (slug: string, of: number, value: number) =>
    event(slug, [`indicator: handouts, value: ${value}`], `start: ${of}-05-01\n`);
  const jumps = (files: CheckedFile[], now = '2027-03-01') => said(checkJumps({ files, content }, now));

  test('五倍以上、五分之一以下，指出最大的一笔', () => {
    const [more] = jumps([year('a', 2025, 1800), year('b', 2026, 18_000), year('c', 2026, 200)]);
    expect(more).toMatch(
      /^events\/b .*2025 年 1800 份，2026 年 18200 份，相差 5 倍以上，最大的一笔是「b」 18000/,
    );
    const [less] = jumps([year('a', 2025, 18_000), year('b', 2026, 1800)]);
    expect(less).toMatch(/^events\/a /);
  });

  test('没到五倍、数很小、隔了一年、今年还没过完的，不说', () => {
    expect(jumps([year('a', 2025, 1000), year('b', 2026, 4999)])).toEqual([]);
    expect(jumps([year('a', 2025, 1), year('b', 2026, 19)])).toEqual([]);
    expect(jumps([year('a', 2024, 10), year('b', 2026, 9000)])).toEqual([]);
    expect(jumps([year('a', 2025, 9000), year('b', 2026, 100)], '2026-11-28')).toEqual([]);
    expect(
      jumps([
        figure('a', 'party-coverage', '2025-12-31', 10),
        figure('b', 'party-coverage', '2026-12-31', 95),
      ]),
    ).toEqual([]);
  });

  test('品牌活动自己写了总数，下面各场不再加一遍；存量只看最后一个', () => {
    const own = event('b', ['indicator: handouts, value: 4000'], 'campaign: kepuri\nstart: 2026-09-15\n');
    expect(
      jumps([year('a', 2025, 1000), campaign('kepuri', ['indicator: handouts, value: 4500']), own]),
    ).toEqual([]);
    expect(
      jumps([
        figure('a', 'app-users', '2025-12-31', 500),
        figure('b', 'app-users', '2026-06-30', 2000),
        figure('c', 'app-users', '2026-12-31', 900),
      ]),
    ).toEqual([]);
  });
});

describe('人和人次', () => {
  const check = (files: CheckedFile[]) => said(checkPeopleAndAttendances({ files, content }));

  test('正文、细目、依据写的单位和指标的不一样', () => {
    const trained = (more: string, body = '') =>
      event('peixun', [`indicator: people-trained, value: 3639${more}`], '', body);
    expect(check([trained('', '举办培训会 20 余场次，培训3639人次。')])).toEqual([
      'events/peixun 「活动成果」第 1 项「数值」正文第 15 行写的是「3639人次」，这里记在「培训人数」，单位是「人」：人和人次不能混，请核对原始记录，记到对的一项里',
    ]);
    expect(check([trained(', item: "农民 3,639 余人次"')])[0]).toContain('第 1 项「细目」写的是「3639人次」');
    expect(
      check([event('canjia', ['indicator: training-attendances, value: 45'], '', '来了45人，当场学会。')])[0],
    ).toContain('写的是「45人」，这里记在「培训人次」');
    expect(check([figure('培训3639人次', 'people-trained', '2026-12-31', 3639)])).toHaveLength(1);
  });

  test('单位对的、两个都有的、别的数、别的「人」字，不说', () => {
    const trained = (body: string, more: string[] = []) =>
      event('peixun', ['indicator: people-trained, value: 45', ...more], '', body);
    expect(check([trained('培训45人，其中 145 人次是另一项。')])).toEqual([]);
    expect(check([trained('培训 45 人次，实到 45 人。')])).toEqual([]);
    expect(check([trained('培训 45 人次。', ['indicator: training-attendances, value: 45'])])).toEqual([]);
    expect(check([trained('接待 1,045 人次。')])).toEqual([]);
    expect(
      check([event('a', ['indicator: training-attendances, value: 45'], '', '45人以上的班，45人次。')]),
    ).toEqual([]);
    expect(check([event('a', ['indicator: handouts, value: 45'], '', '45人次。')])).toEqual([]);
  });
});

describe('物品当成资料', () => {
  test('细目里写着手提袋、围裙的资料；单独记的不说', () => {
    const files = [
      event('shi-fa', [
        'indicator: handouts, value: 1800, item: 资料和手提袋',
        'indicator: handouts, value: 20, item: 科普手册',
        'indicator: goods-given, value: 300, item: 围裙',
      ]),
    ];
    expect(said(checkGoods({ files, content }))).toEqual([
      'events/shi-fa 「活动成果」第 1 项「细目」「手提袋」是物品，不是资料：分得开的请另计「发放宣传品」，从这里的数里减去；原始记录分不开的不用改',
    ]);
  });

  test('大篷车站次也查；词典里没有「宣传品」就说另记一项', () => {
    const stop = file(
      caravan,
      'zhan',
      'title: 站\nuid: zhan@kx\nstart: 2026-10-24\nstate: completed\nplace: 广场\ntownship: seat\nvehicle: che\nexhibitSet: light\nopen: closed\npublished: 2026-10-01\nresults:\n  - { indicator: handouts, item: 围裙 }\n',
    );
    const without = { list: () => ({ items: DICTIONARY.filter(({ id }) => id !== 'goods-given') }) };
    expect(
      said(checkGoods({ files: [stop], content: without as unknown as Corpus['content'] }))[0],
    ).toContain('请另记一项，按件计；原始');
  });
});
