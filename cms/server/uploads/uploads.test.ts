import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import { Document, Packer, Paragraph } from 'docx';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { type ZipPart, zipOf } from '../../../tests/support/zip.ts';
import { acceptUpload, inspectUpload } from '../../../tests/support/upload.ts';
import { Refusal } from './refusal.ts';
import { FEW_RUNS, RUNS } from '../../../tests/support/random.ts';

const text = (source: string) => new TextEncoder().encode(source);

async function accepted(name: string, bytes: Uint8Array) {
  const verdict = await acceptUpload(name, bytes);
  if (!verdict.accepted) throw new Error(`${name}：${verdict.message}`);
  return verdict;
}

async function refusal(name: string, bytes: Uint8Array): Promise<string> {
  const verdict = await acceptUpload(name, bytes);
  return verdict.accepted ? `收下了 ${verdict.name}` : verdict.message;
}

/** Two halves, red and blue, so that turning shows. */
const halves = (width = 40, height = 20) =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#d00"/><rect width="50%" height="100%" fill="#00d"/></svg>`,
    ),
  );
const PLACE = { IFD0: { Make: 'CAMERA-MAKER' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '34/1 15/1 0/1' } };

describe('照片', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)(
    '%s 重新编码：拍摄地点和相机没有了，画面还在',
    async (format) => {
      const original = await halves().flatten().withExif(PLACE).toFormat(format).toBuffer();
      expect((await sharp(original).metadata()).exif).toBeDefined();
      const { bytes } = await accepted(`照片.${format}`, original);
      const { exif, icc, xmp, width, height } = await sharp(bytes).metadata();
      expect({ exif, icc, xmp, width, height }).toEqual({ width: 40, height: 20 });
      expect(Buffer.from(bytes).includes('CAMERA-MAKER')).toBe(false);
      const { data } = await sharp(bytes).removeAlpha().raw().toBuffer({ resolveWithObject: true });
      expect(data[2]).toBeGreaterThan(150);
      expect(data[39 * 3]).toBeGreaterThan(150);
    },
  );

  test('手机竖着拍的照片转正了再存', async () => {
    const { bytes } = await accepted(
      'a.jpg',
      await halves().withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    );
    const { width, height, orientation } = await sharp(bytes).metadata();
    expect({ width, height, orientation }).toEqual({ width: 20, height: 40, orientation: undefined });
  });

  test('广色域照片换成 sRGB，不再带色彩配置', async () => {
    const wide = await halves().withIccProfile('p3').jpeg().toBuffer();
    expect((await sharp(wide).metadata()).icc).toBeDefined();
    const { bytes } = await accepted('a.jpg', wide);
    const { icc, space } = await sharp(bytes).metadata();
    expect({ icc, space }).toEqual({ space: 'srgb' });
  });

  test('动图还是动图，每一帧的时长不变', async () => {
    const frames = await Promise.all(
      ['#d00', '#0d0', '#00d'].map((background) =>
        sharp({ create: { width: 16, height: 16, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    for (const format of ['gif', 'webp'] as const) {
      const original = await sharp(frames, { join: { animated: true } })
        .toFormat(format, { delay: [100, 200, 300] })
        .toBuffer();
      const { bytes, name } = await accepted(`动.${format}`, original);
      const { pages, delay } = await sharp(bytes).metadata();
      expect({ name, pages, delay }).toEqual({ name: `dong.${format}`, pages: 3, delay: [100, 200, 300] });
    }
  });

  test('图片后面藏的网页和程序没有了', async () => {
    const jpeg = await halves().jpeg().toBuffer();
    const hidden = Buffer.concat([
      jpeg,
      zipOf([{ name: 'a.txt', content: 'x' }]),
      Buffer.from('<script>alert(1)</script>'),
    ]);
    const { bytes } = await accepted('a.jpg', hidden);
    expect(Buffer.from(bytes).includes('script')).toBe(false);
    expect(Buffer.from(bytes).includes('PK')).toBe(false);
  });

  test('扩展名写错的图片按真正的格式存', async () => {
    expect((await accepted('a.png', await halves().jpeg().toBuffer())).name).toBe('a.jpg');
    expect((await accepted('A.JPEG', await halves().jpeg().toBuffer())).name).toBe('a.jpg');
  });

  test('太大的、读不出来的、HEIC 的，说明怎么办', async () => {
    expect(await refusal('a.jpg', new Uint8Array(21 * 1024 * 1024))).toContain('超过 20 MB');
    expect(await refusal('a.jpg', new Uint8Array())).toContain('空的');
    expect(await refusal('a.jpg', text('<html>'))).toContain('另存为 JPG');
    expect(await refusal('a.jpg', text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toContain('HEIC');
    expect(await refusal('照片.HEIC', text('\0\0\0\x18ftypheic\0\0\0\0mif1heic'))).toContain('兼容性最佳');
    const png = await halves(20, 20).png().toBuffer();
    const moving = Buffer.concat([
      png.subarray(0, 33),
      Buffer.from([0, 0, 0, 8]),
      Buffer.from('acTL\0\0\0\x03\0\0\0\0\0\0\0\0', 'latin1'),
      png.subarray(33),
    ]);
    expect(await refusal('动.png', moving)).toContain('APNG');
    const cut = (await halves(400, 400).png().toBuffer()).subarray(0, 120);
    expect(await refusal('a.png', cut)).toContain('没有传完整');
  });

  test('像素炸弹不解码：一张声称几亿像素的小文件', async () => {
    const bomb = await sharp({ create: { width: 15000, height: 15000, channels: 3, background: '#fff' } })
      .png()
      .toBuffer();
    expect(bomb.length).toBeLessThan(2_000_000);
    expect(await refusal('bomb.png', bomb)).toContain('15000×15000');
    // The header alone claims four thousand million pixels.
    const liar = Buffer.from(await halves().png().toBuffer());
    liar.writeUInt32BE(65_000, 16);
    liar.writeUInt32BE(65_000, 20);
    expect(await refusal('liar.png', liar)).not.toContain('收下了');
    const frames = await sharp({
      create: { width: 2000, height: 2000 * 14, channels: 3, background: '#fff' },
    })
      .gif({ loop: 0 })
      .toBuffer();
    expect(await refusal('big.gif', frames)).toContain('万像素');
  });
});

describe('SVG 图', () => {
  const svg = (inside: string, attributes = '') =>
    text(
      `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 100 100" ${attributes}>${inside}</svg>`,
    );
  const rebuilt = async (inside: string) =>
    new TextDecoder().decode((await accepted('a.svg', svg(inside))).bytes);

  test('演示内容里的每一张图重写之后画面一个像素都不变', async () => {
    const paint = (bytes: Uint8Array) =>
      sharp(bytes).resize(200).flatten({ background: '#fff' }).raw().toBuffer();
    const files = globSync('public/uploads/**/*.svg');
    expect(files.length).toBeGreaterThan(50);
    for (const file of files) {
      const original = readFileSync(file);
      const { bytes } = await inspectUpload('svg', original);
      expect((await paint(bytes)).equals(await paint(original)), file).toBe(true);
    }
  });

  test.each([
    '<script>alert(1)</script>',
    '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>',
    '<foreignObject><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></foreignObject>',
    '<rect onclick="x()"/>',
    '<rect ONLOAD="x()"/>',
    '<a href="javascript:x()"><rect/></a>',
    '<a xlink:href=" java&#115;cript:x()"><rect/></a>',
    '<animate attributeName="href" to="javascript:x"/>',
  ])('有脚本就不收：%s', async (inside) => {
    expect(await refusal('a.svg', svg(inside))).toContain('脚本');
  });

  test.each([
    '<image href="https://evil.example/x.png"/>',
    '<image xlink:href="//evil.example/x.png"/>',
    '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
    '<use href="other.svg#a"/>',
    '<style>@import "x.css";</style>',
    '<style><![CDATA[@im/**/port "x.css"; rect{fill:url(https://evil.example/)}]]></style>',
    '<style>rect{fill:\\75rl(https://evil.example/)}</style>',
    '<rect fill="url(https://evil.example/)"/>',
    '<rect style="background:image-set(\'https://evil.example/\' 1x)"/>',
  ])('要从外面加载就不收：%s', async (inside) => {
    expect(await refusal('a.svg', svg(inside))).toMatch(/外面加载|读不出来/);
  });

  test('画图软件自己的东西、动画、嵌入的网页和链接去掉，画还在', async () => {
    const drawn = await rebuilt(
      '<metadata>作者电脑</metadata><sodipodi:namedview xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" x="C:/Users/张三"/>' +
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">网页</p></foreignObject><a href="#x"><path d="M0 0h9" data-x="1"/></a>' +
        '<animate attributeName="x"/><text>1 &lt; 2 &amp; 字</text>',
    );
    expect(drawn).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path d="M0 0h9"/><text>1 &lt; 2 &amp; 字</text></svg>\n',
    );
  });

  test('嵌在里面的照片也重新编码', async () => {
    const photo = await halves().withExif(PLACE).jpeg().toBuffer();
    const drawn = await rebuilt(
      `<image width="9" href="data:image/jpeg;base64,${photo.toString('base64')}"/>`,
    );
    const [, encoded = ''] = /base64,([^"]+)/.exec(drawn) ?? [];
    expect((await sharp(Buffer.from(encoded, 'base64')).metadata()).exif).toBeUndefined();
  });

  test('实体炸弹、互相引用的炸弹、无底的嵌套都不收', async () => {
    const entities =
      '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg"><text>&b;</text></svg>';
    expect(await refusal('a.svg', text(entities))).toContain('读不出来');
    const uses = Array.from(
      { length: 12 },
      (_, level) => `<g id="g${level + 1}">${`<use href="#g${level}"/>`.repeat(10)}</g>`,
    );
    expect(await refusal('a.svg', svg(`<rect id="g0"/>${uses.join('')}`))).toContain('太复杂');
    expect(
      await refusal('a.svg', svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#%61"/></g>')),
    ).toContain('太复杂');
    expect(await refusal('a.svg', svg('<g>'.repeat(5000) + '</g>'.repeat(5000)))).toContain('太复杂');
    expect(await refusal('a.svg', text('<html><body>不是图</body></html>'))).toContain('读不出来');
  });

  test('不论写成什么，重写出来的都没有脚本、事件和外部地址', async () => {
    const name = fc.constantFrom(
      ...[
        'g',
        'a',
        'use',
        'image',
        'rect',
        'text',
        'style',
        'svg',
        'switch',
        'script',
        'foreignObject',
        'animate',
        'x:script',
        'SCRIPT',
      ],
    );
    const attribute = fc.tuple(
      fc.constantFrom(
        'href',
        'xlink:href',
        'id',
        'fill',
        'style',
        'onload',
        'x:onclick',
        'class',
        'transform',
        'to',
        'xml:base',
      ),
      fc.constantFrom(
        ...[
          '#a',
          'a',
          'javascript:x',
          ' java&#9;script:x',
          'http://evil.example/',
          '//evil.example',
          'url(#a)',
          'url( "http://e/")',
        ],
        ...[
          'red;background:url(//e)',
          'data:text/html,x',
          '\\75rl(x)',
          '&lt;script>',
          '&quot; onload=&quot;x',
          'u/**/rl(x)',
        ],
      ),
    );
    const { tree } = fc.letrec<{ tree: string }>((tie) => ({
      tree: fc
        .tuple(
          name,
          fc.uniqueArray(attribute, { maxLength: 3, selector: ([key]) => key }),
          fc.array(
            fc.oneof(
              { maxDepth: 4, depthIdentifier: 'tree' },
              fc.constantFrom(
                '字',
                '<!--x-->',
                '<![CDATA[<script>]]>',
                '@import "x"',
                'a{fill:url(#a)}',
                '&#106;',
              ),
              tie('tree'),
            ),
            { maxLength: 3, depthIdentifier: 'tree' },
          ),
        )
        .map(([element, attributes, inside]) => {
          const written = attributes.map(([key, value]) => ` ${key}="${value}"`).join('');
          return `<${element}${written}>${inside.join('')}</${element}>`;
        }),
    }));
    let kept = 0;
    await fc.assert(
      fc.asyncProperty(tree, async (inside) => {
        const source = svg(`<g xmlns:x="urn:x">${inside}</g>`);
        const written = await inspectUpload('svg', source).catch((error: unknown) => error);
        if (written instanceof Refusal) return;
        kept++;
        const { bytes } = written as { bytes: Uint8Array };
        const markup = new TextDecoder().decode(bytes);
        const elements = [...markup.matchAll(/<[^>]*>/g)].join('\n');
        expect(elements.replace(/"[^"]*"/g, '')).not.toMatch(
          /<[\w:]*script|<foreignObject|<animate|<a\b|[\s:]on\w+=|\sto=|xml:base|<[?!]/i,
        );
        expect(elements).not.toMatch(/href="(?!#)|javascript:|url\(\s*(?!#)/i);
        // What was written is read as the same drawing again.
        expect(Buffer.from((await inspectUpload('svg', bytes)).bytes).equals(bytes)).toBe(true);
      }),
    );
    expect(kept).toBeGreaterThan(RUNS / 10);
  });
});

describe('压缩包、Word 和 Excel', () => {
  const word = async () =>
    Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph('申请表')] }] }));
  const excel = async () => writeExcelFile([[{ value: '学校' }, { value: 12 }]]).toBuffer();
  const zip = (...parts: ZipPart[]) => refusal('a.zip', zipOf(parts));

  test('普通的收下，一个字节不改', async () => {
    for (const [name, bytes] of [
      ['申请表.docx', await word()],
      ['学校.xlsx', await excel()],
      [
        '教案.zip',
        zipOf([
          { name: '教案/第一课.txt', content: '光' },
          { name: '表.docx', content: await word() },
        ]),
      ],
    ] as const)
      expect(Buffer.from((await accepted(name, bytes)).bytes).equals(bytes), name).toBe(true);
  });

  test('压缩包里的程序、逃出文件夹的路径、符号链接、密码、再套的压缩包', async () => {
    expect(await zip({ name: '课件.exe', content: 'x' })).toContain('程序「课件.exe」');
    expect(await zip({ name: '照片.jpg', content: 'MZ\x90\0' })).toContain('程序');
    expect(await zip({ name: '../../etc/cron.d/x', content: 'x' })).toContain('别的文件夹');
    expect(await zip({ name: 'C:\\Windows\\x.txt', content: 'x' })).toContain('别的文件夹');
    expect(await zip({ name: '/etc/passwd', content: 'x' })).toContain('别的文件夹');
    expect(await zip({ name: 'link', content: '/etc/passwd', unixMode: 0o120777 })).toContain('符号链接');
    expect(await zip({ name: 'a.txt', content: 'x', flags: 1 })).toContain('密码');
    expect(await zip({ name: 'a.rar', content: 'x' })).toContain('又有压缩包');
    const nest = (bytes: Buffer) => zipOf([{ name: 'in.zip', content: bytes }]);
    expect(await refusal('a.zip', nest(nest(nest(zipOf([{ name: 'a.txt', content: 'x' }])))))).toContain(
      '一层套一层',
    );
    expect(await refusal('a.zip', nest(zipOf([{ name: 'a.bat', content: 'x' }])))).toContain('程序');
  });

  test('Windows 中文文件名（GBK）在提示里不乱码', async () => {
    const gbk = Buffer.from([0xbf, 0xce, 0xbc, 0xfe, 0x2e, 0x65, 0x78, 0x65]);
    expect(await zip({ name: gbk, content: 'x', flags: 0 })).toContain('课件.exe');
  });

  test('压缩炸弹：压得太狠的、谎报大小的、重叠的、条目太多的', async () => {
    expect(await zip({ name: 'a.txt', content: Buffer.alloc(60 * 1024 * 1024) })).toContain('压缩炸弹');
    expect(await zip({ name: 'a.txt', content: Buffer.alloc(5_000_000), claimed: 10 })).toContain('坏了');
    expect(await zip({ name: 'a.txt', content: 'x'.repeat(99), copies: 9 })).toContain('坏了');
    expect(await zip({ name: 'a.txt', content: 'x', copies: 3000 })).toContain('最多 2000 个');
    expect(await zip({ name: 'a.txt', content: 'x', claimed: 0xfffffff0 })).toContain('解压后超过');
  });

  test('两个程序会读出不同内容的压缩包不收', async () => {
    const part = { name: 'a.txt', content: 'x' };
    expect(await zip({ ...part, localName: 'a.exe' })).toContain('坏了');
    expect(await refusal('a.zip', zipOf([part], { after: 'MZ' }))).toContain('坏了');
    expect(await refusal('a.zip', zipOf([part], { before: 'PK\x03\x04 #!/bin/sh' }))).toContain('坏了');
  });

  /** A Word file with parts that do not belong to it. */
  const office = (...parts: ZipPart[]) =>
    zipOf([
      { name: '[Content_Types].xml', content: '<Types/>' },
      { name: 'word/document.xml', content: '<w:document xmlns:w="w"/>' },
      ...parts,
    ]);
  const relation = (attributes: string) =>
    office({
      name: 'word/_rels/document.xml.rels',
      content: `<Relationships><Relationship ${attributes}/></Relationships>`,
    });

  test('Word 里的宏、控件、嵌入程序、外部模板、DDE 都不收，能点的链接可以', async () => {
    expect(await refusal('a.docx', office())).toBe('收下了 a.docx');
    expect(await refusal('a.docx', office({ name: 'word/vbaProject.bin', content: 'x' }))).toContain('宏');
    expect(await refusal('a.docx', office({ name: 'word/activeX/activeX1.xml', content: '<x/>' }))).toContain(
      '宏',
    );
    expect(
      await refusal('a.docx', office({ name: 'word/embeddings/oleObject1.bin', content: 'x' })),
    ).toContain('嵌入');
    expect(await refusal('a.docx', office({ name: 'word/media/image1.png', content: 'MZ\x90' }))).toContain(
      '嵌入',
    );
    const type = 'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships';
    const link = `${type}/hyperlink" TargetMode="External"`;
    expect(await refusal('a.docx', relation(`${link} Target="https://kepu.example/"`))).toBe('收下了 a.docx');
    expect(await refusal('a.docx', relation(`${link} Target="file://server/x"`))).toContain('外面加载');
    for (const mode of ['TargetMode="External"', "TargetMode = 'Ext&#101;rnal'"])
      expect(
        await refusal(
          'a.docx',
          relation(`${type}/attachedTemplate" Target="https://evil.example/a>b.dotm" ${mode}`),
        ),
      ).toContain('外面加载');
    const field = '<w:x xmlns:w="w"><w:instrText>DD</w:instrText><w:instrText>EAUTO cmd</w:instrText></w:x>';
    expect(await refusal('a.docx', office({ name: 'word/header1.xml', content: field }))).toContain('DDE');
    const macro =
      '<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>';
    expect(
      await refusal(
        'a.docx',
        zipOf([
          { name: '[Content_Types].xml', content: macro },
          { name: 'word/document.xml', content: '<a/>' },
        ]),
      ),
    ).toContain('宏');
    expect(
      await refusal(
        'a.docx',
        office({
          name: 'customXml/item1.xml',
          content: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        }),
      ),
    ).toContain('结构不对');
    expect(await refusal('a.docx', zipOf([{ name: 'a.txt', content: 'x' }]))).toContain('不是 Word 文件');
    expect(await refusal('a.xlsx', await word())).toContain('不是 Excel 文件');
  });
});

describe('PDF 文件', () => {
  const pdf = (body: string | Buffer, head = '%PDF-1.7\n') =>
    Buffer.concat([Buffer.from(head), Buffer.from(body), Buffer.from('\ntrailer<</Root 1 0 R>>\n%%EOF\n')]);
  const packed = (object: string, filter = '/FlateDecode') =>
    pdf(
      Buffer.concat([
        Buffer.from(`2 0 obj<</Type/ObjStm/Filter${filter}/N 1/First 4>>stream\n`),
        deflateSync(object),
        Buffer.from('\nendstream endobj'),
      ]),
    );

  test('普通的收下，一个字节不改', async () => {
    const plain = pdf('1 0 obj<</Type/Catalog/OpenAction[3 0 R/Fit]>>endobj');
    expect(Buffer.from((await accepted('通知.pdf', plain)).bytes).equals(plain)).toBe(true);
    expect(await refusal('a.pdf', packed('1 0 <</Type/Page>>'))).toBe('收下了 a.pdf');
  });

  test('脚本和启动程序，明写的、转义的、压缩进对象流的，都说明原因', async () => {
    expect(await refusal('a.pdf', pdf('1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj'))).toContain('脚本');
    expect(await refusal('a.pdf', pdf('1 0 obj<</S/J#61v#61Script>>endobj'))).toContain('脚本');
    expect(await refusal('a.pdf', pdf('1 0 obj<</S/Launch/F(cmd.exe)>>endobj'))).toContain('启动别的程序');
    expect(await refusal('a.pdf', packed('1 0 <</S/Lau#6Ech/F(cmd.exe)>>'))).toContain('启动别的程序');
    expect(await refusal('a.pdf', packed('1 0 <</XFA 3 0 R>>'))).toContain('XFA');
    expect(await refusal('a.pdf', packed('1 0 <</Type/EmbeddedFile>>'))).toContain('夹带');
  });

  test('加密的、看不进去的、不完整的不收', async () => {
    expect(await refusal('a.pdf', pdf('trailer<</Encrypt 9 0 R>>'))).toContain('密码');
    expect(
      await refusal('a.pdf', pdf('2 0 obj<</Type/ObjStm/Filter/LZWDecode>>stream\nxxxx\nendstream endobj')),
    ).toContain('读不出来');
    expect(await refusal('a.pdf', packed('1 0 <<>>').subarray(0, 60))).toContain('没有传完整');
    expect(await refusal('a.pdf', pdf('', 'MZ %PDF-1.7'))).toContain('不是 PDF');
    expect(await refusal('a.pdf', packed(' '.repeat(40_000_000)))).toContain('读不出来');
  });
});

describe('视频和录音', () => {
  const box = (kind: string, ...inside: Buffer[]) => {
    const body = Buffer.concat(inside);
    const head = Buffer.alloc(8);
    head.writeUInt32BE(body.length + 8);
    head.write(kind, 4, 'latin1');
    return Buffer.concat([head, body]);
  };
  const video = (...inside: Buffer[]) =>
    Buffer.concat([
      box('ftyp', Buffer.from('isom\0\0\0\0mp41')),
      box('moov', box('mvhd', Buffer.alloc(100)), ...inside),
      box('mdat', Buffer.from('frames')),
    ]);

  test('视频里的拍摄地点抹掉，其余不动', async () => {
    const original = video(
      box('udta', box('\xa9xyz', Buffer.from('+34.2583+108.9286/'))),
      box('trak', box('meta', Buffer.from('iPhone'))),
    );
    const { bytes } = await accepted('航拍.mp4', original);
    const cleaned = Buffer.from(bytes).toString('latin1');
    expect(cleaned).not.toMatch(/108\.9|iPhone/);
    expect(cleaned).toHaveLength(original.length);
    expect(cleaned).toContain('frames');
    expect(await refusal('a.mp4', original.subarray(0, 60))).toContain('不是完整的 MP4');
    expect(await refusal('a.mp4', text('not a video'))).toContain('不是完整的 MP4');
  });

  test('录音要真是 MP3', async () => {
    // MPEG-1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes a frame.
    const frame = Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(413)]);
    expect(await refusal('讲座.mp3', Buffer.concat([frame, frame, frame, frame]))).toBe(
      '收下了 jiangzuo.mp3',
    );
    const tag = Buffer.from([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 0, 5, 1, 2, 3, 4, 5]);
    expect(await refusal('a.mp3', Buffer.concat([tag, frame, frame, frame]))).toBe('收下了 a.mp3');
    expect(await refusal('a.mp3', Buffer.concat([tag, Buffer.from('MZ program')]))).toContain('不是 MP3');
  });
});

describe('名字', () => {
  const drawing = text('<svg xmlns="http://www.w3.org/2000/svg"><circle r="1"/></svg>');
  const nameOf = async (name: string) => (await accepted(name, drawing)).name;

  test('中文名换成拼音，路径和怪字符都去掉', async () => {
    expect(await nameOf('青贮 窖.SVG')).toMatch(/^qing-?zhu-jiao\.svg$/);
    expect(await nameOf('already-safe-2.svg')).toBe('already-safe-2.svg');
    expect(await nameOf('..\\..\\C:\\图.svg')).toBe('tu.svg');
    expect(await nameOf('../../../etc/passwd.svg')).toBe('passwd.svg');
    expect(await nameOf('？？.svg')).toBe('file.svg');
    expect(await refusal('run.exe', drawing)).toContain('不收这种文件');
    expect(await refusal('svg', drawing)).toContain('不收这种文件');
    expect(await refusal('a.__proto__', drawing)).toContain('不收这种文件');
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (name) => {
        expect(await nameOf(`${name}.svg`)).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*\.svg$/);
      }),
      { numRuns: FEW_RUNS },
    );
  });

  test('同名的另一个文件加编号，同一个文件还用原来的名字', async () => {
    const kept = new Map<string, Uint8Array>();
    for (const radius of [1, 2, 1, 3]) {
      const bytes = text(`<svg xmlns="http://www.w3.org/2000/svg"><circle r="${radius}"/></svg>`);
      const verdict = await acceptUpload('图.svg', bytes, (name) => kept.get(name));
      if (verdict.accepted) kept.set(verdict.name, verdict.bytes);
    }
    expect([...kept.keys()]).toEqual(['tu.svg', 'tu-2.svg', 'tu-3.svg']);
  });
});

describe('坏文件', () => {
  const samples = async (): Promise<[string, Uint8Array][]> => [
    ['jpg', await halves().jpeg().toBuffer()],
    ['png', await halves().png().toBuffer()],
    ['webp', await halves().webp().toBuffer()],
    ['gif', await halves().gif().toBuffer()],
    [
      'svg',
      text('<svg xmlns="http://www.w3.org/2000/svg"><g id="a"><path d="M0 0"/></g><use href="#a"/></svg>'),
    ],
    [
      'zip',
      zipOf([
        { name: 'a/b.txt', content: '字' },
        { name: 'c.txt', content: 'y'.repeat(50) },
      ]),
    ],
    ['docx', await Packer.toBuffer(new Document({ sections: [] }))],
    ['pdf', Buffer.from('%PDF-1.4\n1 0 obj<</A/B>>stream\nx\nendstream\n%%EOF')],
    ['mp4', Buffer.from('\0\0\0\x10ftypisom\0\0\0\0\0\0\0\x10moov\0\0\0\x08udta', 'latin1')],
    ['mp3', Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x00]), Buffer.alloc(900)])],
  ];

  test('任意改动几个字节，结果不是收下就是一句中文，从不出错', async () => {
    for (const [extension, bytes] of await samples())
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.integer({ min: 0, max: 255 })), {
            minLength: 1,
            maxLength: 8,
          }),
          fc.nat(bytes.length),
          async (changes, length) => {
            const mutated = Uint8Array.from(bytes);
            for (const [at, byte] of changes) mutated[at] = byte;
            const whole = length % 4 === 0 ? mutated.subarray(0, length) : mutated;
            const outcome = await inspectUpload(extension, whole).catch((error: unknown) => error);
            if (outcome instanceof Error) expect(outcome).toBeInstanceOf(Refusal);
          },
        ),
        { numRuns: FEW_RUNS },
      );
  });

  test.runIf(process.platform === 'linux')('检查用的进程死了，下一个文件照样收', async () => {
    const photo = await halves().jpeg().toBuffer();
    const before = await accepted('a.jpg', photo);
    const children = execFileSync('ps', ['-o', 'pid=,args=', '--ppid', String(process.pid)]).toString();
    const worker = /(\d+) .*uploads\/worker\.ts/.exec(children)?.[1];
    const during = refusal('b.jpg', await halves(5000, 5000).jpeg().toBuffer());
    setTimeout(() => process.kill(Number(worker), 'SIGKILL'), 30);
    expect(await during).toContain('读不出来');
    expect(await accepted('a.jpg', photo)).toEqual(before);
  });
});
