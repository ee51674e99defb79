import { fileURLToPath } from 'node:url';
import { readFileSync } from 'node:fs';
import type { Content } from '../store/index.ts';
import { readEntry } from '../model/entry.ts';
import { nearest, type Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { wordsIn } from '../types/report-phrases.ts';
import { type ReportOutline, reportOutline } from '../types/report.ts';
import type { indicators } from '../types/statistics.ts';
import type { z } from 'zod';
import { NAME_WORDS } from './phrases/names.ts';
import { ALL_FIGURES, COUNT_WORDS, isWord, TEXT_WORDS } from './phrases/words.ts';

/** The outline as editors wrote it, with everything that is wrong with it. */

type Dictionary = readonly z.output<typeof indicators.item>[];

export interface OutlineReading {
  /** Undefined when it has errors: no report is made from half an outline. */
  outline: ReportOutline | undefined;
  problems: Problem[];
  /** Whether it is the one that came with the program, because the content has none. */
  isSample: boolean;
}

/** Every phrase of an outline with its place in the file. */
function* phrasesOf(
  outline: ReportOutline,
): Generator<{ path: PropertyKey[]; text: string; own?: string[] }> {
  yield { path: ['title'], text: outline.title };
  yield { path: ['emptyYear'], text: outline.emptyYear };
  for (const [at, section] of outline.sections.entries()) {
    if (section.heading !== undefined) yield { path: ['sections', at, 'heading'], text: section.heading };
    for (const [index, paragraph] of section.paragraphs.entries()) {
      const path = ['sections', at, 'paragraphs', index];
      if (paragraph.name !== undefined) yield { path: [...path, 'name'], text: paragraph.name };
      for (const [place, { text }] of paragraph.phrases.entries())
        yield { path: [...path, 'phrases', place, 'text'], text };
    }
  }
  for (const [at, { text }] of outline.figures.entries())
    yield { path: ['figures', at, 'text'], text, own: ['数', '细目'] };
}

/** Words in braces that mean nothing: a misspelt word, an indicator that the dictionary no longer has. */
export function unknownWords(
  outline: ReportOutline,
  dictionary: Dictionary,
): { path: PropertyKey[]; word: string; message: string }[] {
  const material = { records: { dictionary, entries: [], snapshots: [] } };
  const words = [
    ...Object.keys(TEXT_WORDS),
    ...Object.keys(NAME_WORDS),
    ...Object.keys(COUNT_WORDS),
    ALL_FIGURES,
    ...dictionary.map(({ name }) => name),
  ];
  return [...phrasesOf(outline)].flatMap(({ path, text, own }) =>
    wordsIn(text)
      .filter(({ word }) => !(own ? own.includes(word) : isWord(word, material)))
      .map(({ word }) => {
        const near = nearest(word, own ?? words);
        const advice = near ? `是不是 {${near}}？` : '能写的词见 docs/report.md，指标写指标词典里的名称。';
        return { path, word, message: `不认识 {${word}}。${advice}` };
      }),
  );
}

/** Problems of words in an outline that is otherwise right. */
export function outlineProblems(
  outline: ReportOutline,
  dictionary: Dictionary,
  { file, lineOf }: { file: string; lineOf: (path: readonly PropertyKey[]) => number | undefined },
): Problem[] {
  return unknownWords(outline, dictionary).map(({ path, message }) => ({
    severity: 'error',
    file,
    line: lineOf(path),
    field: labelOfPath(reportOutline.schema, path),
    message,
  }));
}

const SAMPLE = fileURLToPath(new URL('../../content/data/report.yaml', import.meta.url));

/** The outline that came with the program, without what it says of certain years or of indicators that are not there. */
function sampleOutline(dictionary: Dictionary): ReportOutline | undefined {
  const { data } = readEntry(reportOutline.schema, SAMPLE, readFileSync(SAMPLE, 'utf8'), 'yaml');
  if (!data) return undefined;
  const known = new Set(dictionary.map(({ id }) => id));
  const material = { records: { dictionary, entries: [], snapshots: [] } };
  return {
    ...data,
    figures: data.figures.filter(({ indicator }) => known.has(indicator)),
    sections: data.sections.map((section) => ({
      ...section,
      paragraphs: section.paragraphs.map((paragraph) => ({
        ...paragraph,
        phrases: paragraph.phrases.filter(
          ({ years, text }) =>
            years.length === 0 && wordsIn(text).every(({ word }) => isWord(word, material)),
        ),
      })),
    })),
  };
}

/** The outline of a content folder, or the sample where it has none. */
export function readOutline(
  content: Pick<Content, 'settings' | 'shownPath' | 'dataFile'>,
  dictionary: Dictionary,
): OutlineReading {
  const read = content.settings(reportOutline);
  const file = content.shownPath(content.dataFile(reportOutline.name));
  if (!('lineOf' in read)) return { outline: sampleOutline(dictionary), problems: [], isSample: true };
  if (!read.data) return { outline: undefined, problems: read.problems, isSample: false };
  const problems = outlineProblems(read.data, dictionary, { file, lineOf: read.lineOf });
  return { outline: problems.length > 0 ? undefined : read.data, problems, isSample: false };
}
