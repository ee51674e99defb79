import { extractRawText } from 'mammoth';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FEW_RUNS } from '../../../tests/support/random.ts';
import { type Report, reportDocx, reportMarkdown } from '../index.ts';

/** What editors type may be anything that a text field takes; the file still opens and says it. */

const text = fc.string({
  unit: fc.constantFrom(
    '甲',
    '<',
    '&',
    '>',
    '"',
    "'",
    ']]>',
    '\u000b',
    '\u0000',
    '{',
    '【待填】',
    '😀',
    '\ufffe',
    '=1+1',
  ),
  minLength: 1,
  maxLength: 12,
});

const reportOf = (words: string): Report => ({
  year: 2031,
  title: `题${words}`,
  association: `单位${words}`,
  on: '2032-01-05',
  blocks: [
    { kind: 'heading', level: 1, text: `一、${words}` },
    { kind: 'paragraph', lead: words, sentences: [{ runs: [{ text: `始${words}终`, note: 1 }] }] },
  ],
  notes: [
    {
      number: 1,
      sources: [
        { id: 'events/a', title: words, address: 'https://a.example/events/a/?b="<&>', detail: words },
      ],
    },
  ],
  doubts: [{ title: words, text: words, sources: [] }],
  figures: [],
  records: [],
  headline: [],
  brief: [],
});

/** XML 1.0 has no place for these. */
const UNWRITABLE = ['\u0000', '\u000b', '\ufffe'];
const writable = (words: string) => UNWRITABLE.reduce((rest, one) => rest.replaceAll(one, ''), words);

test('标题、说明里打什么字，Word 文件都打得开，字都在', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (words) => {
      const { value } = await extractRawText({ buffer: await reportDocx(reportOf(words)) });
      expect(value).toContain(`始${writable(words)}终`);
      expect(reportMarkdown(reportOf(words))).toContain('[^1]:');
    }),
    { numRuns: FEW_RUNS },
  );
});
