import { mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openTextIndex } from '../browser/text-index.ts';
import type { TextSection } from './sections.ts';
import { writeFullText } from '../indexing/full-text.ts';
import type { SearchRecord } from '../indexing/record.ts';
import { inSimplified } from '../indexing/tables.ts';
import { isHan, normalize, runsOf, termsOf } from '../text.ts';

/** The full-text index as it is written and read, from files; in a browser see `tests/site/search/page.test.ts`. */

const TITLES = ['南派红烧肉', '红烧鲤鱼', '烧饼夹肉', '青貯玉米'];
const TEXTS = [
  '先把肉焯水。半个表情：\ud83d',
  '鱼要先煎，烧的时候不放肉。',
  '烧好的饼里夹肉，再烧一会儿。',
  '青貯要壓實，WiFi 覆盖，PM2.5 低于 120。',
];

const recordOf = (address: string, title: string, text: string): SearchRecord => ({
  ...{ title, address, text, kind: '文章', summary: '', facets: {} },
  version: `${title}${text}`,
});

const temporary = () => mkdtempSync(join(tmpdir(), 'engine-'));

/** Reads as a browser does, from a folder. */
const filesOf = (folder: string) => async (path: string) => new Uint8Array(readFileSync(join(folder, path)));

function write(titles: readonly string[], texts: readonly string[]) {
  const folder = temporary();
  const records = titles.map((title, doc) => recordOf(`/${doc}/`, title, texts[doc] as string));
  const written = writeFullText(folder, records);
  const sections: TextSection[] = [{ ...written, docs: [[0, titles.length]] }];
  return { folder: join(folder, written.folder), engine: openTextIndex(filesOf(folder), sections) };
}

const { engine, folder } = write(TITLES, TEXTS);

/** Numbers of the documents that hold all terms, the best first. */
const all = async (...terms: string[]) => (await engine.all(terms)).map(({ doc }) => doc);

test('两个字连着找，只找到有这两个字挨在一起的文章', async () => {
  expect(await all('烧肉')).toEqual([0]);
  expect(await all('红烧', '烧肉')).toEqual([0]);
});

test('题目里有的排在只是正文里有的前面', async () => {
  expect((await all('烧', '肉')).pop()).toBe(1);
});

test('哪篇都没有的两个字什么也找不到，不会只按第一个字找', async () => {
  expect(await all('肉烧')).toEqual([]);
  expect(await all('红烧', '肉烧')).toEqual([]);
});

test('繁体的文章，用简体字找得到', async () => {
  expect(await all('青贮')).toEqual([3]);
  expect(await all('压实')).toEqual([3]);
});

test('外文打了一半的也找得到，数字要整个一样', async () => {
  expect(await all('wifi')).toEqual([3]);
  expect(await all('wif')).toEqual([3]);
  expect(await all('ifi')).toEqual([]);
  expect(await all('pm25')).toEqual([3]);
  expect(await all('120')).toEqual([3]);
  expect(await all('12')).toEqual([]);
});

test('文章按编号读出，半个表情不碍事', async () => {
  const kept = await engine.read(1);
  expect(kept).toMatchObject({ title: '红烧鲤鱼', address: '/1/' });
  expect(kept.text).toContain('鱼要先煎');
  expect((await engine.read(0)).text).toContain('焯水');
  await expect(engine.read(9)).rejects.toThrow();
});

test('任何文章、任何词，找到的和从头看一遍的一样', async () => {
  const chars = fc.constantFrom(...'红烧肉青贮貯玉米㐀𠮷の々〇 。，-.A2５ｂcd');
  const text = fc.array(chars, { maxLength: 30 }).map((list) => list.join(''));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(text, text), { minLength: 1, maxLength: 8 }),
      text,
      async (docs, query) => {
        const { engine: own } = write(
          docs.map(([title]) => title),
          docs.map(([, body]) => body),
        );
        const plain = docs.map(([title, body]) => runsOf(normalize(inSimplified(`${title}\n${body}`))));
        const holds = (runs: readonly string[], term: string) =>
          runs.some((run) =>
            isHan(Array.from(term)[0] as string)
              ? run.includes(term)
              : run === term || (/^\p{L}../u.test(term) && run.startsWith(term)),
          );
        const terms = termsOf(normalize(inSimplified(query)));
        const found = (await own.all(terms)).map(({ doc }) => doc).sort((a, b) => a - b);
        const expected = plain.flatMap((runs, doc) => (terms.every((term) => holds(runs, term)) ? doc : []));
        expect(found).toEqual(terms.length > 0 ? expected : []);
        for (const [doc, [title]] of docs.entries()) expect((await own.read(doc)).title).toBe(title);
      },
    ),
    { numRuns: 50 },
  );
});

test('截短、清空、改了一个字节的文件，明说坏了，不拿错的当结果', async () => {
  const terms = join(folder, 'terms');
  for (const damage of [
    (file: string) => truncateSync(file, readFileSync(file).length >> 1),
    (file: string) => truncateSync(file, 0),
    (file: string) =>
      writeFileSync(
        file,
        readFileSync(file).map((byte, at) => (at === 9 ? byte ^ 1 : byte)),
      ),
  ]) {
    const whole = readdirSync(terms).map(
      (name) => [join(terms, name), readFileSync(join(terms, name))] as const,
    );
    for (const [file] of whole) damage(file);
    const broken = openTextIndex(filesOf(join(folder, '..')), [
      { folder: folder.slice(-12), shards: whole.length, titles: 1, docs: [[0, TITLES.length]] },
    ]);
    await expect(broken.all(['烧肉'])).rejects.toThrow();
    // Nothing of it is kept: with the file mended, the same page finds.
    for (const [file, content] of whole) writeFileSync(file, content);
    expect((await broken.all(['烧肉'])).map(({ doc }) => doc)).toEqual([0]);
  }
});
