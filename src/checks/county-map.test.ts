import { expect, test } from 'vitest';
import { openContent } from '../store/index.ts';
import { checkCountyMap } from './county-map.ts';
import type { CheckedFile } from './corpus.ts';

const settings = (map: object) => ({
  content: openContent(),
  files: [
    {
      kind: 'settings',
      file: 'settings.yaml',
      data: { map },
      entry: { lineOf: () => 9 },
    } as unknown as CheckedFile,
  ],
  broken: [],
  slugs: new Map(),
  problems: [],
});
const messages = (map: object) => checkCountyMap(settings(map)).map(({ message }) => message);

test('没有县界文件就没有要查的', () => expect(messages({ note: '示意图' })).toEqual([]));

test('有县界文件，没有审图号或者没有这个文件，都说清楚，也说网站现在画的是什么', () => {
  expect(messages({ outline: '/uploads/county.geojson' })[0]).toMatch(/审图号.*示意图/);
  expect(messages({ outline: '/uploads/mei-you.geojson', reviewNumber: '测S(2026)001号' })[0]).toContain(
    '没有 /uploads/mei-you.geojson',
  );
});
