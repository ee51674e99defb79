import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { buildSite } from '../support/build.ts';
import { change, copyOfProject, smallCounty } from '../support/project.ts';

/** What README's「加一种内容」says is all that a new type takes, done to a copy of the project. */

let root: string;
let content: string;

const IMPORTS = `import { z } from 'zod';
import { published, title } from '../model/common.ts';
import { reference } from '../model/fields.ts';
import { defineType } from '../model/type.ts';

`;

const write = (file: string, text: string) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
};

const node = async (...args: string[]) => {
  const env = { ...process.env, CONTENT_DIR: content, CACHE_DIR: join(root, 'cache') };
  const run = promisify(execFile)(process.execPath, args, { cwd: root, env, maxBuffer: 1 << 26 });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return stdout;
};

beforeAll(async () => {
  root = copyOfProject('new-type');
  cpSync('cms', join(root, 'cms'), {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  });
  content = await smallCounty(join(root, 'county'));
  rmSync(join(content, 'articles/xie-huai-le.mdx'));

  const section = /## 加一种内容\n([\s\S]*?)\n## /.exec(readFileSync('README.md', 'utf8'))?.[1] ?? '';
  const [, definition = ''] = /```ts\n([\s\S]*?)```/.exec(section) ?? [];
  expect(definition).toContain("name: 'lectures'");
  expect(definition.trim().split('\n').length).toBeLessThanOrEqual(12);
  write(join(root, 'src/types/lectures.ts'), IMPORTS + definition);
  change(
    join(root, 'src/types/index.ts'),
    "import { news } from './news.ts';",
    "import { lectures } from './lectures.ts';\nimport { news } from './news.ts';",
  );
  change(join(root, 'src/types/index.ts'), '  articles,\n', '  articles,\n  lectures,\n');
  write(
    join(root, 'src/pages/lectures/[slug].astro'),
    `---
import Page from '../../shell/Page.astro';
import Prose from '../../ui/Prose.astro';
import { bodyOf, entries } from '../../queries/index.ts';

export const getStaticPaths = async () =>
  (await entries('lectures')).map((lecture) => ({ params: { slug: lecture.id }, props: { lecture } }));
const { lecture } = Astro.props;
---

<Page title={lecture.data.title}>
  <h1>{lecture.data.title}</h1>
  <p>{lecture.data.published} {lecture.data.expert}</p>
  <Prose html={bodyOf(lecture).html} />
</Page>
`,
  );
  write(
    join(content, 'lectures/dong-ji.mdx'),
    '---\ntitle: 冬季管护\nexpert: li-gong\npublished: 2026-11-01\n---\n\n温度<0℃ 时停止浇水。\n',
  );
  write(
    join(content, 'lectures/huai.mdx'),
    '---\ntitle: 写坏了\nexpert: li-gog\npublished: 11 月\n---\n\n正文。\n',
  );
});

test('网站：新的一种有集合和页面，正文同样安全；写坏的一条留下，其余照常', async () => {
  const outDir = join(root, 'site');
  const printed = await buildSite(outDir, { CONTENT_DIR: content, CACHE_DIR: join(root, 'cache') }, root);
  const html = readFileSync(join(outDir, 'lectures/dong-ji/index.html'), 'utf8');
  expect(html).toContain('<h1>冬季管护</h1>');
  expect(html).toContain('温度&lt;0℃ 时停止浇水');
  expect(existsSync(join(outDir, 'lectures/huai'))).toBe(false);
  expect(existsSync(join(outDir, 'articles/mai-zi/index.html'))).toBe(true);
  expect(printed).toMatch(/lectures\/huai\.mdx 第 4 行 ?「发布日期」应当是日期/);
});

test('检查：新的一种的字段和关联都查', async () => {
  change(join(content, 'lectures/huai.mdx'), '11 月', '2026-11-02');
  const output = await node('src/checks/cli.ts');
  expect(output).toMatch(
    /lectures\/huai\.mdx 第 3 行 ?「主讲」在「专家」里没有「li-gog」。是不是「li-gong」？/,
  );
  expect(output).not.toContain('dong-ji');
  expect(output).not.toContain('没有哪一类内容用到它');
});

test('后台：新的一种有自己的列表和表单，主讲从专家里选', async () => {
  const output = await node(
    '--input-type=module',
    '--eval',
    "const { decapConfig } = await import('./cms/documents/config.ts'); console.log(JSON.stringify(decapConfig()));",
  );
  const { collections } = JSON.parse(output) as {
    collections: { name: string; label: string; folder?: string; fields: Record<string, unknown>[] }[];
  };
  const lectures = collections.find(({ name }) => name === 'lectures');
  expect(lectures).toMatchObject({ label: '讲座录像', label_singular: '录像', folder: 'content/lectures' });
  const fields = new Map(lectures?.fields.map((field) => [field.name, field]));
  expect(fields.get('title')).toMatchObject({ widget: 'string', label: '标题' });
  expect(fields.get('expert')).toMatchObject({ widget: 'relation', label: '主讲', collection: 'experts' });
  expect(fields.get('published')).toMatchObject({ widget: 'datetime', label: '发布日期' });
  expect(fields.has('body')).toBe(true);
});
