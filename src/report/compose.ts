import { numberInCharacters } from '../calendar/text.ts';
import type { OutlineParagraph, OutlineSection, ReportOutline } from '../types/report.ts';
import { parsePhrase } from '../types/report-phrases.ts';
import type { Block, Doubt, Report, Run, Sentence, StatedFigure } from './document.ts';
import { figuresOf } from '../statistics/index.ts';
import { uploadDoubts } from './doubts.ts';
import { hasRecords, type Material, sourceOf } from './material.ts';
import { openNotes } from './notes.ts';
import { amountText } from './phrases/numbers.ts';
import { scopesOf, type Scope } from './phrases/scope.ts';
import { type DraftRun, tellPhrase } from './phrases/sentences.ts';
import { asksRecords, indicatorsNamed, TEXT_WORDS } from './phrases/words.ts';

/** Makes the report of a year from the outline and the records. Pure: the same records make the same report. */

export interface ComposeOptions {
  outline: ReportOutline;
  material: Material;
  /** Day of the draft, `YYYY-MM-DD`. */
  on: string;
  /** What the content checks found to disagree, besides what the report itself states. */
  doubts?: readonly Doubt[];
}

interface DraftSentence {
  runs: DraftRun[];
  brief: boolean;
}

interface DraftParagraph {
  lead: string | undefined;
  sentences: DraftSentence[];
}

export function composeReport({ outline, material, on, doubts = [] }: ComposeOptions): Report {
  const { year, association, ofYear, records, address } = material;
  const pen = openPen(address(`/statistics/${year}/`));
  const blocks: Block[] = [];
  const brief: Report['brief'] = [];
  const numbers = [0, 0, 0, 0];
  for (const section of hasRecords(material) ? outline.sections : []) {
    const paragraphs = paragraphsOf(section, outline, material);
    if (paragraphs.length === 0 && section.paragraphs.length > 0 && outline.emptySection === undefined)
      continue;
    const heading = fill(section.heading ?? '', material);
    if (section.level !== 'none') {
      const level = Number(section.level) as 1 | 2 | 3 | 4;
      blocks.push({ kind: 'heading', level, text: `${nextNumber(numbers, level)}${heading}` });
    }
    if (paragraphs.length === 0 && section.paragraphs.length > 0)
      blocks.push(plainParagraph(outline.emptySection ?? ''));
    const told: Sentence[] = [];
    for (const { lead, sentences } of paragraphs) {
      const written = sentences.map(({ runs, brief }) => ({ runs: runs.map(pen.write), brief }));
      told.push(...written.filter((sentence) => sentence.brief).map(({ runs }) => ({ runs })));
      blocks.push({ kind: 'paragraph', lead, sentences: written.map(({ runs }) => ({ runs })) });
    }
    if (told.length > 0) brief.push({ heading, sentences: told });
  }
  if (blocks.length === 0) blocks.push(plainParagraph(fill(outline.emptyYear, material)));
  const snapshots = records.snapshots.filter(({ data }) => data.date?.startsWith(`${year}-`));
  return {
    year,
    title: fill(outline.title, material),
    association,
    on,
    blocks,
    notes: pen.notes,
    doubts: [...pen.doubts, ...uploadDoubts(material), ...doubts],
    figures: pen.figures,
    headline: headlineOf(material),
    records: [...ofYear, ...snapshots].map((record) =>
      sourceOf(material, record as Material['ofYear'][number]),
    ),
    brief,
  };
}

/** Figures of the home page that are known. */
const headlineOf = ({ records, year }: Material): Report['headline'] =>
  figuresOf(records, { year }).flatMap((figure) => {
    const text = figure.indicator.headline ? amountText(figure) : undefined;
    return text === undefined ? [] : [{ name: figure.indicator.name, text }];
  });

const plainParagraph = (text: string): Block => ({ kind: 'paragraph', sentences: [{ runs: [{ text }] }] });

/** Gives footnotes their numbers, and notes which figures are stated and which of them are in doubt. */
function openPen(all: string) {
  const book = openNotes(all);
  const figures: StatedFigure[] = [];
  const doubts: Doubt[] = [];
  return {
    notes: book.notes,
    figures,
    doubts,
    write: ({ text, mark, cites, states }: DraftRun): Run => {
      if (states) figures.push({ key: states.key, label: states.label, text: states.text });
      const doubt = states?.doubt;
      if (doubt && !doubts.some(({ title }) => title === doubt.title)) doubts.push(doubt);
      const remark = cites?.remark ?? (doubt ? '记载不一致，见附件' : undefined);
      return {
        text,
        ...(mark ? { mark } : {}),
        ...(cites ? { note: book.add(cites.sources, remark) } : {}),
        ...(states ? { figure: states.key } : {}),
      };
    },
  };
}

/** GB/T 9704, 7.3.3: 一、 （一） 1. （1）; a new heading begins the numbers below it again. */
function nextNumber(numbers: number[], level: 1 | 2 | 3 | 4): string {
  numbers.fill(0, level);
  const number = (numbers[level - 1] ?? 0) + 1;
  numbers[level - 1] = number;
  const characters = numberInCharacters(number);
  return [`${characters}、`, `（${characters}）`, `${number}.`, `（${number}）`][level - 1] as string;
}

const NO_SCOPE: Scope = { key: 'year', label: '', campaigns: [], records: [], isYear: true };

/** Words of the site or of the scope in a title; what is unknown is left out. */
const fill = (text: string, material: Material, scope: Scope = NO_SCOPE): string =>
  parsePhrase(text)
    .parts.map((part) => ('text' in part ? part.text : (TEXT_WORDS[part.word]?.of(scope, material) ?? '')))
    .join('');

function paragraphsOf(section: OutlineSection, outline: ReportOutline, material: Material): DraftParagraph[] {
  const heading = section.heading ?? '';
  const told = section.paragraphs.flatMap((paragraph) =>
    scopesOf(paragraph, material).flatMap((scope) => {
      const sentences = sentencesOf(paragraph, scope, outline, material, heading);
      const name = paragraph.name && fill(paragraph.name, material, scope);
      return sentences.length > 0 ? [{ name, sentences }] : [];
    }),
  );
  const isNumbered = told.filter(({ name }) => name).length > 1;
  let count = 0;
  return told.map(({ name, sentences }) => {
    if (!name) return { lead: undefined, sentences };
    count += 1;
    return { lead: `${isNumbered ? `${numberInCharacters(count)}是` : ''}${name}。`, sentences };
  });
}

/** The sentences of one paragraph with their punctuation; none when nothing that records would have said is left. */
function sentencesOf(
  paragraph: OutlineParagraph,
  scope: Scope,
  outline: ReportOutline,
  material: Material,
  heading: string,
): DraftSentence[] {
  const spoken = indicatorsNamed(paragraph.phrases, material);
  const groups = paragraph.phrases.map((phrase) => ({
    brief: phrase.brief,
    isData: phrase.about.length > 0 || asksRecords(phrase.text),
    told: tellPhrase(phrase, { scope, spoken, material, outline, heading }),
  }));
  const all = groups.flatMap(({ told }) => told);
  if (groups.some(({ isData }) => isData) && !all.some(({ rests }) => rests)) return [];
  const sentences = groups.flatMap(({ told, brief }) =>
    told.map(({ runs }, index) => ({ runs: endedWith(runs, index < told.length - 1 ? '；' : '，'), brief })),
  );
  dropRepeatedCites(sentences);
  const last = sentences.at(-1);
  if (last) last.runs = closed(last.runs);
  return sentences;
}

const citedIn = ({ runs }: DraftSentence) =>
  runs.flatMap(({ cites }) => cites?.sources.map(({ id, detail }) => `${id} ${detail}`) ?? []).join(' ');

/** Of sentences in a row that rest on the same records and state no figure, the last one carries the footnote. */
function dropRepeatedCites(sentences: DraftSentence[]): void {
  for (const [at, sentence] of sentences.entries()) {
    const next = sentences[at + 1];
    const hasFigure = [sentence, next].some((one) => one?.runs.some(({ states }) => states));
    if (next && !hasFigure && citedIn(sentence) !== '' && citedIn(sentence) === citedIn(next))
      sentence.runs = sentence.runs.map(({ cites: _, ...run }) => run);
  }
}

const MARK_AT_END = /[，。；：、！？]$/u;

/** A sentence goes on to the next with a comma unless the outline says otherwise. */
const endedWith = (runs: DraftRun[], mark: string): DraftRun[] =>
  MARK_AT_END.test(runs.at(-1)?.text ?? '') ? runs : [...runs, { text: mark }];

/** The last one of a paragraph ends with a full stop. */
function closed(runs: DraftRun[]): DraftRun[] {
  const last = runs.at(-1);
  if (!last || /[。！？]$/u.test(last.text)) return runs;
  const text = `${last.text.replace(/[，；：、]+$/u, '')}。`;
  return [...runs.slice(0, -1), { ...last, text }];
}
