import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SITE_NOW } from '../support/build.ts';
import { change, smallCounty } from '../support/project.ts';

interface Outcome {
  code: number;
  output: string;
}

/** Runs `npm run check` as an editor's machine does. */
function check(contentDir: string): Promise<Outcome> {
  const env = {
    ...process.env,
    CONTENT_DIR: contentDir,
    CACHE_DIR: resolve('.tmp/check-cache'),
    PORTAL_NOW: SITE_NOW,
  };
  return new Promise((done) => {
    execFile(process.execPath, ['src/checks/cli.ts'], { env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) : 0, output: stdout + stderr }),
    );
  });
}

let folder: string;
beforeAll(async () => {
  folder = await smallCounty(mkdtempSync(join(tmpdir(), 'county-')));
  rmSync(join(folder, 'articles/xie-huai-le.mdx'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const path = (file: string) => join(folder, file);
const write = (file: string, text: string) => {
  mkdirSync(dirname(path(file)), { recursive: true });
  writeFileSync(path(file), text);
};
/** The line of the file that holds `needle`, 1-based. */
const lineOf = (file: string, needle: string) =>
  readFileSync(path(file), 'utf8')
    .split('\n')
    .findIndex((line) => line.includes(needle)) + 1;

const ARTICLE = (fields: string, body = '正文。') =>
  `---\ntitle: 测试\nkind: article\nsummary: 一句话。\ntopic: farming\nauthor: 县科协\npublished: 2026-10-01\n${fields}---\n\n${body}\n`;

test('演示内容没有错误，退出码为 0', async () => {
  const { code, output } = await check(resolve('content'));
  expect(output).toContain('内容没有错误');
  expect(output).not.toMatch(/^错误/m);
  expect(code).toBe(0);
});

test('小县的内容没有错误；空文件夹也没有', async () => {
  expect(await check(folder)).toMatchObject({ code: 0, output: expect.stringContaining('内容没有错误') });
  const empty = mkdtempSync(join(tmpdir(), 'empty-'));
  expect(await check(empty)).toMatchObject({ code: 0 });
  rmSync(empty, { recursive: true });
});

test('每种毛病都说明文件、行、字段和改法，最后退出码为 1', async () => {
  const long = '长'.repeat(121);
  write('articles/bad-field.mdx', ARTICLE('sumary: 写错了字段名\n').replace('一句话。', long));
  write('articles/bad-yaml.mdx', '---\ntitle: "没有写完\nkind: article\n---\n\n正文。\n');
  write('articles/no-front-matter.mdx', '只有正文。\n');
  write('articles/Bad Name.mdx', ARTICLE(''));
  write('articles/bad-reference.mdx', ARTICLE('reviewer: li-gog\n'));
  write(
    'articles/bad-link.mdx',
    ARTICLE('', '见[示范田](/bases/shi-fan-tan/)。\n\n![田](/uploads/none.jpg)'),
  );
  write('articles/bad-block.mdx', ARTICLE('', '第一段。\n\n<Callot type="warning">\n\n小心。\n\n</Callot>'));
  write('articles/bad-attribute.mdx', ARTICLE('', '<Callout type="danger">\n\n小心。\n\n</Callout>'));
  write('articles/bad-alt.mdx', ARTICLE('', '![](/uploads/photo.jpg)'));
  write('articles/phone.mdx', ARTICLE('', '请打 13812345678 联系。'));
  write('articles/hot-link.mdx', ARTICLE('', '![图](https://example.com/a.jpg)'));
  write('articles/wording.mdx', ARTICLE('', '本界科技之春。'));
  write('articles/overdue.mdx', ARTICLE('reviewed: 2025-01-01\nnextReview: 2026-01-01\n'));
  write('articles/half-rumour.mdx', ARTICLE('').replace('kind: article', 'kind: rumour'));
  const event = readFileSync(path('events/2026-11-20-jiang-zuo.mdx'), 'utf8');
  write('events/copied.mdx', event.replace('photoConsent: none', 'photoConsent: missing'));
  write(
    'events/turned.mdx',
    event.replace('end: 2026-11-20T11:00', 'end: 2026-11-20T08:00').replace('uid: ', 'uid: x-'),
  );
  write(
    'statistics/other.yaml',
    readFileSync(path('statistics/2026-app.yaml'), 'utf8').replace('1200', '1300'),
  );
  write('data/topic.yaml', 'items: []\n');
  change(path('data/vehicles.yaml'), 'items:\n', 'items:\n  - { id: che-1, name: 又一辆一号 }\n');

  const { code, output } = await check(folder);
  expect(code).toBe(1);
  const said = (file: string, line: number | undefined, ...parts: (string | RegExp)[]) => {
    const found = output.split('\n').filter((one) => one.includes(file));
    const fits = found.some(
      (one) =>
        (line === undefined || one.includes(` 第 ${line} 行`)) &&
        parts.every((part) => (typeof part === 'string' ? one.includes(part) : part.test(one))),
    );
    expect(fits, `${file} ${line} ${parts.join(' ')}\n实际：\n${found.join('\n')}`).toBe(true);
  };
  said('articles/bad-field.mdx', 4, '「摘要」', '超过 120 个字（现有 121 个字），请缩短');
  said('articles/bad-field.mdx', 8, '「sumary」', '没有这个字段', '「summary」（摘要）');
  said('articles/bad-yaml.mdx', lineOf('articles/bad-yaml.mdx', 'title'), /错误.*(引号|引号或括号)/);
  said('articles/no-front-matter.mdx', 1, '文件要以「---」开头', '请补上');
  said('articles/Bad Name.mdx', undefined, '文件名只能用小写字母、数字和短横', '请改名');
  said('articles/bad-reference.mdx', 8, '「审稿专家」', '没有「li-gog」', '是不是「li-gong」？');
  said('articles/bad-link.mdx', 10, '/bases/shi-fan-tan/', '是不是「shi-fan-tian」？');
  said('articles/bad-link.mdx', 12, '没有「/uploads/none.jpg」这个文件', '请重新上传');
  said('articles/bad-block.mdx', 12, '<Callot>', '是不是 <Callout>');
  said('articles/bad-attribute.mdx', 10, '<Callout>', 'type', '可以写');
  said('articles/bad-alt.mdx', 10, '没有替代文字', '请在方括号里写明');
  said('articles/phone.mdx', 10, '个人手机号', '请删去');
  said('articles/hot-link.mdx', 10, '提醒', '外站图片', '请下载后上传到本站');
  said('articles/wording.mdx', 10, '提醒', '「界」应为「届」');
  said(
    'articles/overdue.mdx',
    lineOf('articles/overdue.mdx', 'nextReview'),
    '提醒',
    '「下次复核」',
    '请安排专家复核',
  );
  said('articles/half-rumour.mdx', undefined, '「流言」', '必须填写');
  said('events/copied.mdx', lineOf('events/copied.mdx', 'uid'), '「日历编号」', '请换一个新编号');
  said('events/copied.mdx', lineOf('events/copied.mdx', 'photos'), '「照片」', '同意书');
  said('events/turned.mdx', lineOf('events/turned.mdx', 'end:'), '「结束」', '结束早于开始');
  said('statistics/', undefined, '提醒', '「数值」', '同一指标同一天有两个数');
  said('data/topic.yaml', undefined, '提醒', '没有哪一类内容用到它');
  said('data/vehicles.yaml', undefined, '写了两次');
  expect(output.trimEnd().split('\n').at(-1)).toMatch(/处错误要改.*改好后再运行 npm run check/);
});
