import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writeInventedCounty } from '../../tests/fixtures/invented-county.ts';
import { openContent } from '../store/index.ts';
import { readCorpus } from './corpus.ts';
import { checkReportOutline } from './report-outline.ts';

const root = mkdtempSync(join(tmpdir(), 'outline-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('词典里的指标改了名，提纲里写着旧名的那一句马上指出来', () => {
  const folder = join(root, 'content');
  writeInventedCounty({ folder });
  const corpus = () => readCorpus(openContent({ contentDir: folder, cacheDir: join(root, 'cache') }));
  expect(checkReportOutline(corpus())).toEqual([]);
  const dictionary = join(folder, 'data/indicators.yaml');
  writeFileSync(
    dictionary,
    readFileSync(dictionary, 'utf8').replace('name: 注册科技志愿者', 'name: 在册科技志愿者'),
  );
  expect(checkReportOutline(corpus())).toEqual([
    expect.objectContaining({
      severity: 'error',
      file: 'content/data/report.yaml',
      line: expect.any(Number),
      message: '不认识 {注册科技志愿者}。是不是 {在册科技志愿者}？',
    }),
  ]);
});
