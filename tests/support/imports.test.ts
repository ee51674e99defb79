import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';

/** `.ci/imports.mjs`, which `npm run lint` runs, on a small project of its own. */

let root: string;
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
};
const check = () =>
  new Promise<{ code: number; printed: string }>((done) => {
    execFile(process.execPath, [resolve('.ci/imports.mjs')], { cwd: root }, (error, _, stderr) =>
      done({ code: error ? Number(error.code) : 0, printed: stderr }),
    );
  });

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'layers-'));
  execFileSync('git', ['init', '-q'], { cwd: root });
  write('src/model/field.ts', 'export const field = 1;\n');
  write('src/ui/Card.astro', `---\nimport { field } from '../model/field.ts';\n---\n\n<p>{field}</p>\n`);
  write('src/pages/index.astro', `---\nimport Card from '../ui/Card.astro';\n---\n\n<Card />\n`);
  write('cms/server/http/page.ts', `import '../stores/files.ts';\n`);
  write('cms/server/stores/files.ts', 'export const files = 1;\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('只往下引用，没有话说', async () => {
  expect(await check()).toEqual({ code: 0, printed: '' });
});

test.each([
  ['组件的开头', 'src/ui/Card.astro', `---\nimport Index from '../pages/index.astro';\n---\n\n<Index />\n`],
  ['组件的脚本', 'src/ui/Card.astro', `<p></p>\n\n<script>\n  import '../pages/index.astro';\n</script>\n`],
  [
    '只引用类型',
    'src/model/field.ts',
    `import type { Card } from '../ui/Card.astro';\nexport type A = Card;\n`,
  ],
  ['MDX 页面被引用', 'src/ui/list.ts', `import '../pages/help.mdx';\n`],
  ['服务器的下一层引用上一层', 'cms/server/stores/files.ts', `import '../http/page.ts';\n`],
  ['网站引用编辑系统', 'src/model/field.ts', `import '../../cms/server/stores/files.ts';\n`],
  ['内容模型引用 Node', 'src/model/field.ts', `import { join } from 'node:path';\nexport { join };\n`],
])('%s往上引用，就说出哪个文件引用了哪个', async (_, file, text) => {
  write('src/pages/help.mdx', '# 帮助\n');
  write(file, text);
  const { code, printed } = await check();
  expect(code).toBe(1);
  expect(printed).toContain(file);
});

test('同一层的两个栏目互不引用；一个栏目里的文件绕圈也说出来', async () => {
  write('src/bases/list.ts', `import '../events/list.ts';\n`);
  write('src/events/list.ts', `import './table.ts';\n`);
  write('src/events/table.ts', `import './list.ts';\n`);
  const { printed } = await check();
  expect(printed).toContain('src/bases/list.ts → src/events/list.ts');
  expect(printed).toMatch(/绕圈.*src\/events\/list\.ts → src\/events\/table\.ts/);
});
