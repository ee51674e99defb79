import fc from 'fast-check';
import writeXlsxFile from 'write-excel-file/node';
import { describe, expect, test } from 'vitest';
import { caravan, STAGES } from '../../src/types/caravan.ts';
import { addDays } from '../../src/calendar/days.ts';
import { EVENT_STATES } from '../../src/calendar/states.ts';
import { readEntry } from '../../src/model/entry.ts';
import type { StoredFile } from '../protocol/entries.ts';
import { csv } from './csv.ts';
import { writeFile } from '../documents/format.ts';
import { COLUMNS, columnNamed } from './columns.ts';
import { type ImportContext, planImport } from './importing.ts';
import { readMoment } from '../../src/calendar/typed.ts';
import { momentOfDate, momentOfSerial } from './moments.ts';
import { readTable, SheetRefusal } from './reading.ts';
import { scheduleCsv, scheduleRows, scheduleXlsx } from './writing.ts';
import { HOLIDAYS } from '../../tests/support/holidays.ts';
import { FEW_RUNS } from '../../tests/support/random.ts';
import { zipOf } from '../../tests/support/zip.ts';

const names = {
  schools: { 'di-yi': '第一小学', 'di-er': '第二小学', same: '同名小学', 'same-too': '同名小学' },
  townships: { seat: '城关镇', east: '东镇' },
  vehicles: { 'che-1': '一号车' },
  'exhibit-sets': { light: '光', sound: '声' },
  campaigns: { day: '全国科普日' },
  experts: { 'li-gong': '李工' },
};
const reference: ImportContext['reference'] = {
  schools: [
    { id: 'di-yi', name: '第一小学', township: 'seat', stages: ['primary'] },
    { id: 'di-er', name: '第二小学', township: 'east', stages: ['primary'] },
  ],
  townships: [],
  vehicles: [],
  exhibitSets: [],
  blockedDays: [],
  holidays: HOLIDAYS,
};

let made = 0;
const context = (stops: readonly StoredFile[] = []): ImportContext => ({
  stops,
  names,
  reference,
  now: '2026-11-23T10:00',
  makeUid: () => `made-${++made}`,
  inspect: (path, text) => readEntry(caravan.schema, path, text, 'mdx').problems,
});

const stored = (
  slug: string,
  data: Record<string, unknown>,
  stage: StoredFile['stage'] = 'draft',
  body = '',
): StoredFile => {
  const text = writeFile({ data, body }, 'mdx', caravan.schema);
  return { path: `content/caravan/${slug}.mdx`, text, version: `v-${slug}`, stage };
};
const STOP = {
  title: '大篷车到第一小学',
  uid: 'a@kx',
  start: '2026-12-01T09:00',
  end: '2026-12-01T11:00',
  state: 'confirmed',
  school: 'di-yi',
  township: 'seat',
  vehicle: 'che-1',
  exhibitSet: 'light',
  open: 'closed',
  published: '2026-11-01',
  hosts: ['县科协'],
};

const dataOf = (text: string) => readEntry(caravan.schema, 'x', text, 'mdx').data;
const sheet = (rows: (string | number | null | Date)[][]) =>
  writeXlsxFile([{ sheet: '表', data: rows }]).toBuffer();
const plan = async (rows: (string | number | null | Date)[][], stops: readonly StoredFile[] = []) =>
  planImport(await readTable(await sheet(rows)), context(stops));
const messages = (row: { problems: { field?: string | undefined; message: string }[] } | undefined) =>
  row?.problems.map(({ field = '', message }) => field + message) ?? [];

test('列名就是表单里的名称，没有两个相同的', () => {
  const labels = COLUMNS.map(({ label }) => label);
  expect(new Set(labels).size).toBe(labels.length);
  expect(columnNamed(' 乡镇(街道) *')?.name).toBe('township');
  expect(labels.at(-1)).toBe('日历编号');
});

describe('日期和时间', () => {
  test.each([
    ['2026/9/1', '2026-09-01'],
    ['2026-09-01T09:00', '2026-09-01T09:00'],
    ['2026/9/1 9:00', '2026-09-01T09:00'],
    ['2026-09-01 09:00:00', '2026-09-01T09:00'],
    ['2026年9月1日 9:00', '2026-09-01T09:00'],
    ['2026年9月1日（周二）上午9点半', '2026-09-01T09:30'],
    ['2026年9月1日下午2:30', '2026-09-01T14:30'],
    ['2026.9.1 中午12点', '2026-09-01T12:00'],
    ['２０２６／９／１　９：００', '2026-09-01T09:00'],
    ['20260901', '2026-09-01'],
    ['9月1日', undefined],
    ['2026/9/1 25:00', undefined],
    ['明天', undefined],
  ])('「%s」要么读对，要么不认', (typed, expected) => expect(readMoment(typed)).toBe(expected));

  test('Excel 的日期格子和丢了格式的序号', () => {
    expect(momentOfDate(new Date('2026-09-01T00:00:00Z'))).toBe('2026-09-01');
    expect(momentOfDate(new Date('2026-09-01T08:59:59.999Z'))).toBe('2026-09-01T09:00');
    expect(momentOfSerial(46266.375)).toBe('2026-09-01T09:00');
    expect(momentOfSerial(12)).toBeUndefined();
  });

  test('任何一天、任何一分，怎样写都读回同一个', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 * 366 * 1440 }), (minutes) => {
        const moment = new Date(Date.UTC(2000, 0, 1) + minutes * 60_000).toISOString().slice(0, 16);
        const [, y, m, d, h, i] = /(\d+)-(\d+)-(\d+)T(\d+):(\d+)/.exec(moment)?.map(Number) ?? [];
        const minute = String(i).padStart(2, '0');
        expect(readMoment(`${y}/${m}/${d} ${h}:${minute}`)).toBe(moment);
        expect(readMoment(`${y}年${m}月${d}日 ${h}时${i}分`)).toBe(moment);
        expect(readMoment(moment)).toBe(moment);
      }),
    );
  });
});

// U+FFFD and its neighbours stand for nothing; spreadsheet writers drop them.
const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .map((text) =>
    text
      .normalize('NFC')
      .replace(/[\p{C}\s\ufff0-\uffff]/gu, '')
      .trim(),
  )
  .filter((text) => text !== '' && text.isWellFormed());
const nasty = fc.constantFrom(
  '=1+1',
  "'=x",
  "''",
  '-',
  '@SUM(A1)',
  '+86',
  '甲、乙',
  '甲；乙',
  '甲"乙',
  'true',
  'toString',
  '1e3',
  '＝A1',
);
const phrase = fc.oneof(word, nasty);
const optionalOf = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const stopArbitrary = fc
  .record({
    title: phrase,
    day: fc.integer({ min: 0, max: 2000 }).map((days) => addDays('2024-02-01', days)),
    days: fc.integer({ min: 0, max: 3 }),
    time: optionalOf(fc.constantFrom('00:00', '09:05', '23:59')),
    state: fc.constantFrom(...Object.keys(EVENT_STATES)),
    place: phrase,
    stages: fc.uniqueArray(fc.constantFrom(...Object.keys(STAGES))),
    school: optionalOf(fc.constantFrom('di-yi', 'same', 'same-too')),
    crew: optionalOf(fc.integer({ min: 0, max: 50 })),
    distance: optionalOf(fc.constantFrom(0, 1.5, 31)),
    siteNeeds: optionalOf(fc.tuple(phrase, phrase).map((lines) => lines.join('\n'))),
    hosts: fc.array(phrase, { maxLength: 3 }),
    experts: fc.constantFrom([], ['li-gong']),
    campaign: optionalOf(fc.constant('day')),
    rainRule: optionalOf(phrase),
  })
  .map(({ day, days, time, ...rest }) => ({
    ...STOP,
    ...rest,
    changeReason: '天气',
    start: time ? `${day}T${time}` : day,
    end: addDays(day, days) + (time ? 'T23:59' : ''),
  }));

test('读一张长表时，别的事轮得到做，每一行照常有结果', async () => {
  const rows = Array.from({ length: 60 }, (_, index) => [
    'di-yi',
    `2027-03-${1 + (index % 28)} ${8 + (index % 9)}:00`,
  ]);
  const table = await readTable(Buffer.from(csv([['学校', '开始'], ...rows])));
  let isDone = false;
  const planned = planImport(table, context()).finally(() => {
    isDone = true;
  });
  let turns = 0;
  for (; !isDone; turns++) await new Promise((next) => setImmediate(next));
  expect(turns).toBeGreaterThan(50);
  expect((await planned).map(({ number }) => number)).toEqual(rows.map((_, index) => index + 2));
});

describe('导出再导入', () => {
  const same = async (files: StoredFile[], bytes: Uint8Array) => {
    const table = await readTable(bytes);
    expect((await planImport(table, context(files))).map(({ kind }) => kind)).toEqual(
      files.map(() => 'unchanged'),
    );
    const reimported = await planImport(table, context());
    const byUid = (texts: string[]) => new Map(texts.map((text) => [dataOf(text)?.uid, dataOf(text)]));
    expect(byUid(reimported.map(({ text }) => text))).toEqual(byUid(files.map(({ text }) => text)));
  };
  test('得到同样的站次，.xlsx 和 .csv 都是；新站点里也是', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stopArbitrary, { minLength: 1, maxLength: 4 }), async (stops) => {
        const files = stops
          .map((data, index) => stored(`s-${index}`, { ...data, uid: `${index}@kx` }))
          .filter(({ text }) => dataOf(text));
        if (files.length === 0) return;
        const rows = scheduleRows(files, names);
        await same(files, Buffer.from(scheduleCsv(rows)));
        await same(files, await scheduleXlsx(rows, names));
      }),
      { numRuns: FEW_RUNS },
    );
  });
  test('导出的 CSV 里没有会运行的公式', () => {
    const file = stored('a', {
      ...STOP,
      title: '=HYPERLINK("http://evil.example")',
      rainRule: '@x',
      hosts: ['＋1'],
    });
    for (const line of scheduleCsv(scheduleRows([file], names)).split('\r\n'))
      for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?\s*[=+\-@＝＋－＠\t]/);
  });
  test('模板：列名齐全，第二张表说明怎样填', async () => {
    const { default: readXlsx } = await import('read-excel-file/node');
    const [first, second] = await readXlsx(await scheduleXlsx(scheduleRows([], names), names));
    expect(first?.data[0]).toEqual(COLUMNS.map(({ label }) => label));
    const guide = second?.data.map((row) => row.join(' ')) ?? [];
    expect(guide).toHaveLength(COLUMNS.length + 1);
    expect(guide.find((row) => row.startsWith('车辆'))).toContain('一号车');
  });
});

const HEAD = ['学校', '开始', '结束', '车辆', '展品套组'];

describe('导入', () => {
  test('写校名、车名就行；没写的照规矩填上', async () => {
    const [row] = await plan([HEAD, ['第一小学', '2026年12月2日 上午9点', '11:30', '一号车', '光']]);
    expect(row).toMatchObject({
      number: 2,
      kind: 'new',
      version: null,
      path: 'content/caravan/2026-12-02-kepu-da-pengche-zoujin-diyi-xiaoxue.mdx',
    });
    expect(dataOf(row?.text ?? '')).toMatchObject({
      title: '科普大篷车走进第一小学',
      start: '2026-12-02T09:00',
      end: '2026-12-02T11:30',
      school: 'di-yi',
      township: 'seat',
      state: 'tentative',
      published: '2026-11-23',
    });
  });

  test('Excel 的日期格子', async () => {
    const when = { value: new Date('2026-12-02T09:00:00Z'), type: Date, format: 'yyyy/m/d h:mm' };
    const bytes = await writeXlsxFile([
      { sheet: '表', data: [HEAD, ['di-yi', when, null, 'che-1', 'light']] },
    ]).toBuffer();
    const [row] = await planImport(await readTable(bytes), context());
    expect(dataOf(row?.text ?? '')?.start).toBe('2026-12-02T09:00');
  });

  test('每一行的错都说清列和改法，别的行不受影响', async () => {
    const [bad, same, good] = await plan([
      HEAD,
      ['第三小学', '2026-13-01', null, '二号车', '光'],
      ['同名小学', '2026/12/3 9:00', null, '一号车', '光'],
      ['第二小学', '2026/12/4 9:00', null, '一号车', '声'],
    ]);
    expect(bad).toMatchObject({ kind: 'error', title: '第三小学' });
    expect(messages(bad)).toEqual([
      '「学校」没有「第三小学」这个学校。是不是「第一小学」？',
      '「车辆」没有「二号车」这个车辆。是不是「一号车」？',
      expect.stringContaining('「开始」'),
    ]);
    expect(messages(same)).toContainEqual('「学校」有 2 个都叫「同名小学」，请改写网址名：same、same-too');
    expect(good?.kind).toBe('new');
  });

  test('按编号更新；空格子去掉原来的，表里没有的列原样；正文和注释不动', async () => {
    const file = stored('a', { ...STOP, rainRule: '改到室内', crew: 3 }, 'published', '同学们好。');
    const [row] = await plan(
      [
        [...HEAD, '雨天安排', '日历编号'],
        ['第一小学', '2026-12-01 09:00', '2026-12-01 11:00', '一号车', '声', null, 'a@kx'],
      ],
      [file],
    );
    expect(row).toMatchObject({ kind: 'changed', version: 'v-a', path: file.path });
    expect(row?.changes).toEqual([
      { label: '展品套组', from: '光', to: '声' },
      { label: '雨天安排', from: '改到室内', to: '' },
    ]);
    expect(dataOf(row?.text ?? '')).toMatchObject({ crew: 3, hosts: ['县科协'], exhibitSet: 'sound' });
    expect(row?.text).toContain('同学们好。');
  });

  test('没有编号而学校、时间相同的，认作已有的那一站，不会重复新建', async () => {
    const rows = [HEAD, ['第一小学', '2026-12-01 09:00', '2026-12-01 11:00', '一号车', '光']];
    const [row] = await plan(rows, [stored('a', STOP)]);
    expect(row).toMatchObject({ kind: 'unchanged', isGuess: true });
    const [, twin] = await plan([...rows, rows[1] ?? []]);
    expect(messages(twin)).toEqual([expect.stringContaining('和第 2 行是同一站')]);
  });

  test('排期提醒看得见已有的站和同一张表里的站', async () => {
    const [first, second] = await plan(
      [
        HEAD,
        ['第二小学', '2026-12-01 10:00', null, '一号车', '光'],
        ['第二小学', '2026-12-01 10:30', null, '一号车', '光'],
      ],
      [stored('a', STOP)],
    );
    expect(messages(first).filter((said) => said.includes('时间重叠'))).toHaveLength(2);
    expect(first?.kind).toBe('new');
    expect(messages(second).join()).toContain('学年已经排了');
  });

  test('已确认的改了时间而没写改期，先说发布时会拦下', async () => {
    const [row] = await plan(
      [
        [...HEAD, '日历编号'],
        ['第一小学', '2026-12-08 09:00', '2026-12-08 11:00', '一号车', '光', 'a@kx'],
      ],
      [stored('a', STOP, 'published')],
    );
    expect(row?.kind).toBe('changed');
    expect(messages(row)).toContainEqual(expect.stringMatching(/^「状态」开始时间改了.*草稿/));
  });
});

const said = (bytes: Uint8Array) =>
  readTable(bytes).then(
    ({ rows }) => rows,
    (error: unknown) => {
      if (!(error instanceof SheetRefusal)) throw error;
      expect(error.message).toMatch(/\p{Script=Han}/u);
      return error.message;
    },
  );

const SHEET = (rows: string[][], isNamed: boolean) =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows
    .map(
      (row, y) =>
        `<row${isNamed ? ` r="${y + 1}"` : ''}>${row
          .map((text, x) => {
            const name = isNamed ? ` r="${String.fromCharCode(65 + x)}${y + 1}"` : '';
            return text ? `<c${name} t="inlineStr"><is><t>${text}</t></is></c>` : `<c${name}/>`;
          })
          .join('')}</row>`,
    )
    .join('')}</sheetData></worksheet>`;

/** A workbook of the sheets, as other programs write it. */
function workbook(...sheets: string[]): Buffer {
  const each = (make: (number: number) => string) => sheets.map((_, index) => make(index + 1)).join('');
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets>${each((n) => `<sheet name="表${n}" sheetId="${n}" r:id="rId${n}"/>`)}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each((n) => `<Relationship Id="rId${n}" Type="${office}/worksheet" Target="worksheets/sheet${n}.xml"/>`)}</Relationships>`,
  };
  for (const [index, sheet] of sheets.entries()) parts[`xl/worksheets/sheet${index + 1}.xml`] = sheet;
  return zip(Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])));
}

const STOPS = [
  ['学校', '开始', '', '车辆'],
  ['第一小学', '2026-12-01 9:00', '', '一号车'],
];

test('格子没有写名字的表格照样读得懂，空格子也不错位', async () => {
  const { columns, rows } = await readTable(workbook(SHEET(STOPS, false)));
  expect(columns.map(({ column, at }) => [column.label, at])).toEqual([
    ['学校', 0],
    ['开始', 1],
    ['车辆', 3],
  ]);
  expect(rows).toEqual([{ number: 2, cells: ['第一小学', '2026-12-01 9:00', null, '一号车'] }]);
});

test('第一张是填写说明、有一张读不懂，读有列名的那一张', async () => {
  const guide = SHEET([['请按样例填写'], ['学校', '写全称']], true);
  const broken =
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>99</v></c></row></sheetData></worksheet>';
  const { rows } = await readTable(workbook(guide, broken, SHEET(STOPS, true)));
  expect(rows.map(({ cells }) => cells[0])).toEqual(['第一小学']);
});

test.each(['1', 'true'])('从 1904 年数起的表格（date1904="%s"），日期不差四年', async (flag) => {
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;
  // 2026-12-08 09:00, counted from 1904-01-01.
  const sheet = `<worksheet xmlns="${main}"><sheetData><row r="1">${['学校', '开始', '车辆'].map(text).join('')}</row><row r="2">${text('第一小学')}<c s="1"><v>44902.375</v></c>${text('一号车')}</row></sheetData></worksheet>`;
  const parts = {
    'xl/workbook.xml': `<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr date1904="${flag}"/><sheets><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${office}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheet,
  };
  const { rows } = await readTable(
    zip(Object.fromEntries(Object.entries(parts).map(([name, content]) => [name, Buffer.from(content)]))),
  );
  expect(rows[0]?.cells[1]).toEqual(new Date('2026-12-08T09:00:00Z'));
});

/** A workbook of some parts, whose headers may give a wrong size. */
const zip = (parts: Record<string, Buffer>, claimed?: number): Buffer =>
  zipOf(Object.entries(parts).map(([name, content]) => ({ name, content, claimed })));

const WORKBOOK = {
  'xl/workbook.xml': Buffer.from(
    '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
  ),
  'xl/_rels/workbook.xml.rels': Buffer.from(
    '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
  ),
};
const worksheet = (rows: string) => Buffer.from(`<worksheet><sheetData>${rows}</sheetData></worksheet>`);

describe('不好的文件只得到一句中文，不会出错', () => {
  const gbk = Uint8Array.from([
    0xd1, 0xa7, 0xd0, 0xa3, 0x2c, 0xbf, 0xaa, 0xca, 0xbc, 0x0a, 0xb5, 0xda, 0xd2, 0xbb, 0x2c, 0x31,
  ]);
  test('Excel 存的 GBK 编码 CSV 读得懂；Unicode 文本也行；标题上面可以有大标题', async () => {
    expect(await said(gbk)).toEqual([{ number: 2, cells: ['第一', '1'] }]);
    expect(await said(Buffer.from('\uFEFF学校\t开始\r\n第一\t1', 'utf16le'))).toEqual([
      { number: 2, cells: ['第一', '1'] },
    ]);
    expect(await said(Buffer.from(csv([['2026 年大篷车安排'], ['学校', '开始'], ['=甲', '1']])))).toEqual([
      { number: 3, cells: ['=甲', '1'] },
    ]);
  });

  test('空的、老格式的、不是表格的、没有列名的、列名重复的、引号不成对的', async () => {
    expect(await said(new Uint8Array())).toContain('空的');
    expect(await said(Buffer.from('d0cf11e0a1b11ae1', 'hex'))).toContain('.xls');
    expect(await said(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0]))).toContain('不是表格');
    expect(await said(Buffer.from('甲,乙\n1,2'))).toContain('没有找到列名');
    expect(await said(Buffer.from('学校,开始\n'))).toContain('没有内容');
    expect(await said(Buffer.from('学校,开始,学校\n1,2,3'))).toContain('有两个');
    expect(await said(Buffer.from('学校,开始\n"1,2'))).toContain('引号');
    expect(await said(Buffer.alloc(3 * 1024 * 1024, 65))).toContain('太大');
    expect(await said(Buffer.from(`学校,开始\n${'甲,乙\n'.repeat(501)}`))).toContain('500 行');
  });

  test('压缩炸弹：解开太大的、谎报大小的，都不会占满内存', async () => {
    const before = process.memoryUsage().rss;
    const zeros = Buffer.alloc(400 * 1024 * 1024, 32);
    const bomb = zip({ ...WORKBOOK, 'xl/worksheets/sheet1.xml': zeros });
    expect(bomb.length).toBeLessThan(2 * 1024 * 1024);
    expect(await said(bomb)).toContain('解开以后太大');
    const liar = zip({ ...WORKBOOK, 'xl/worksheets/sheet1.xml': worksheet('') }, 0xffff_fff0);
    expect(await said(liar)).toContain('解开以后太大');
    expect(process.memoryUsage().rss - before).toBeLessThan(900 * 1024 * 1024);
  });

  test('表下面画了边框的空行不碍事', async () => {
    const empty = Array.from(
      { length: 3000 },
      (_, row) => `<row r="${row + 3}"><c r="A${row + 3}" s="1"/></row>`,
    );
    const cell = (ref: string, text: string) => `<c r="${ref}" t="inlineStr"><is><t>${text}</t></is></c>`;
    const rows = `<row r="1">${cell('A1', '学校')}${cell('B1', '开始')}</row><row r="2">${cell('A2', '甲')}${cell('B2', '乙')}</row>`;
    const bytes = zip({ ...WORKBOOK, 'xl/worksheets/sheet1.xml': worksheet(rows + empty.join('')) });
    expect(await said(bytes)).toEqual([{ number: 2, cells: ['甲', '乙'] }]);
  });

  test('最远角落里的一格不会变成亿万个空格；别名实体、奇怪的格子名也不会', async () => {
    const far = (ref: string) =>
      zip({
        ...WORKBOOK,
        'xl/worksheets/sheet1.xml': worksheet(`<row r="1"><c r="${ref}"><v>1</v></c></row>`),
      });
    for (const ref of ['XFD1048576', 'A99999', 'ZZ1', '&#88;FD1', '__proto__'])
      expect(await said(far(ref)), ref).toContain('表格太大');
    const entities = `<!DOCTYPE x [<!ENTITY a "${'x'.repeat(1000)}">]><worksheet><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>${'&a;'.repeat(1000)}</t></is></c></row></sheetData></worksheet>`;
    expect(await said(zip({ ...WORKBOOK, 'xl/worksheets/sheet1.xml': Buffer.from(entities) }))).toEqual(
      expect.any(String),
    );
  });

  test('好表格被改坏任何一处，或随便什么字节，都有话说', async () => {
    const good = await sheet([HEAD, ['第一小学', '2026-12-01', null, '一号车', '光']]);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(good.length),
        async (changes, cut) => {
          const bytes = Buffer.from(good);
          for (const [at, byte] of changes) bytes[at] = byte;
          await said(bytes);
          await said(bytes.subarray(0, cut));
        },
      ),
      { numRuns: FEW_RUNS },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => void (await said(bytes))),
    );
  });

  test('格子里是什么都只成为文字或错误', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string({ unit: 'binary', maxLength: 30 }), { minLength: 5, maxLength: 5 }), {
          minLength: 1,
          maxLength: 3,
        }),
        async (rows) => {
          const table = await said(Buffer.from(csv([HEAD, ...rows])));
          if (typeof table === 'string') return;
          const read = await readTable(Buffer.from(csv([HEAD, ...rows])));
          for (const row of await planImport(read, context()))
            for (const message of messages(row)) expect(message).toMatch(/\p{Script=Han}/u);
        },
      ),
    );
  });
});
