import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeInventedCounty } from '../fixtures/invented-county.ts';

/** `npm run report`, as a person runs it. */

const root = mkdtempSync(join(tmpdir(), 'report-cli-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeAll(() => writeInventedCounty({ folder: join(root, 'content') }));

const report = (...args: string[]) =>
  new Promise<{ code: number; out: string }>((resolve) => {
    const env = { ...process.env, CONTENT_DIR: join(root, 'content'), PORTAL_NOW: '2032-01-05' };
    execFile(process.execPath, ['cms/report.ts', ...args], { env }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, out: stdout + stderr }),
    );
  });

test('一条命令写出汇报、Markdown、摘要和填报的表格；再运行一次，说出变了什么', async () => {
  const out = join(root, '报告.docx');
  const first = await report('--year', '2031', '--out', out, '--exports', join(root, '表格'));
  expect(first.out).toContain('4/4 做成 Word 文件');
  expect(first.out).toMatch(/待填 \d+ 处，待核 0 项/);
  expect(first.code).toBe(0);
  expect(readdirSync(root)).toEqual(
    expect.arrayContaining(['报告.docx', '报告.md', '报告-摘要.docx', '报告-摘要.md', '报告.json']),
  );
  expect(readdirSync(join(root, '表格'))).toHaveLength(6);
  const file = join(root, 'content/events/chunxun.mdx');
  writeFileSync(file, readFileSync(file, 'utf8').replace('5077', '5088'));
  const second = await report('--year', '2031', '--out', out);
  expect(second.out).toContain('由5077人改为5088人');
});

test('参数不对、提纲写坏了，说明怎样改，不写文件', async () => {
  expect(await report('--year', '二〇三一')).toMatchObject({
    code: 2,
    out: expect.stringContaining('不是年份'),
  });
  const outline = join(root, 'content/data/report.yaml');
  writeFileSync(outline, readFileSync(outline, 'utf8').replace('{年份}', '{年分}'));
  const broken = await report('--year', '2031', '--out', join(root, '坏.docx'));
  expect(broken.code).toBe(2);
  expect(broken.out).toMatch(/content\/data\/report\.yaml 第 \d+ 行.*是不是 \{年份\}？/);
  expect(readdirSync(root)).not.toContain('坏.docx');
});
