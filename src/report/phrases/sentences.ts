import type { OutlinePhrase, ReportOutline } from '../../types/report.ts';
import { parsePhrase, type PhrasePart } from '../../types/report-phrases.ts';
import { UNITS } from '../../types/statistics.ts';
import { BLANK, type Doubt, type NoteSource, type Run, type StatedFigure } from '../document.ts';
import { type Material, sourceOf } from '../material.ts';
import { NAME_WORDS, recorded } from './names.ts';
import { innerQuotes } from '../notes.ts';
import { amountText } from './numbers.ts';
import { indicatorQuantity, type Quantity, quantityOf } from './quantity.ts';
import { groupsOf, type Scope } from './scope.ts';
import { ALL_FIGURES, COUNT_WORDS, indicatorOf, TEXT_WORDS } from './words.ts';

/** From a phrase of the outline and the records to what the report says. */

/** A run whose footnote has no number yet. */
export interface DraftRun extends Omit<Run, 'note' | 'figure'> {
  cites?: { sources: readonly NoteSource[]; remark?: string | undefined } | undefined;
  states?: (StatedFigure & { doubt?: Doubt | undefined }) | undefined;
}

export interface Told {
  runs: DraftRun[];
  /** Whether it says something that records gave. */
  rests: boolean;
}

interface Piece {
  runs: DraftRun[];
  /** Undefined: nothing in it could be unknown. */
  isKnown?: boolean;
  /** What it rests on: records, the campaign that the paragraph tells of, or nothing but the outline. */
  rests: 'records' | 'campaigns' | false;
}

/** What a phrase is told of. */
interface Subject {
  scope: Scope;
  about: readonly string[];
  /** Ids of the indicators that the paragraph names itself, which {各项数字} leaves out. */
  spoken: ReadonlySet<string>;
  material: Material;
  outline: ReportOutline;
  /** Heading of the section, for the names of its figures. */
  heading: string;
}

/** What one phrase says: nothing, one sentence, or one for each record, strand or award. */
export function tellPhrase(phrase: OutlinePhrase, subject: Omit<Subject, 'about'>): Told[] {
  const { about, contains, by, years, blank: whenBlank, text } = phrase;
  const { material, scope } = subject;
  if (years.length > 0 && !years.includes(material.year)) return [];
  const { parts } = parsePhrase(text);
  if (about.length === 0 && parts.every((part) => 'text' in part))
    return [{ runs: [{ text }], rests: false }];
  const groups = groupsOf(scope, { about, contains }, by, material).filter(
    ({ records, isYear }) => records.length > 0 || isYear,
  );
  return groups.flatMap((group) => {
    const pieces = parts.map((part) => tellPart(part, { ...subject, scope: group, about }));
    // What leads up to figures says nothing without them.
    if (pieces.some(({ runs }, index) => runs.length === 0 && isAllFigures(parts[index]))) return [];
    const gaps = pieces.filter(({ isKnown }) => isKnown !== undefined);
    if (gaps.length > 0 && whenBlank === 'omit' && gaps.every(({ isKnown }) => !isKnown)) return [];
    const runs = pieces.flatMap((piece) => piece.runs).filter((run) => run.text !== '');
    if (runs.every((run) => run.text.trim() === '')) return [];
    const rests = about.length > 0 || pieces.some((piece) => piece.rests);
    const cited = pieces.some((piece) => piece.rests === 'records') || about.length > 0 ? group.records : [];
    return [{ runs: rests ? citedAtEnd(runs, cited, group, material) : runs, rests }];
  });
}

const isAllFigures = (part: PhrasePart | undefined) =>
  part !== undefined && 'word' in part && part.word === ALL_FIGURES;

/** Names without a figure are footnoted too: at the end of the sentence, with the records that they come from. */
function citedAtEnd(
  runs: DraftRun[],
  records: Scope['records'],
  { campaigns }: Scope,
  material: Material,
): DraftRun[] {
  const told = records.length > 0 ? records : campaigns;
  const last = runs.at(-1);
  if (!last || told.length === 0 || runs.some(({ cites }) => cites)) return runs;
  const sources = told.map((record) => ({ ...sourceOf(material, record), detail: '' }));
  const [, words = '', mark = ''] = /^(.*?)([，。；：、]*)$/su.exec(last.text) ?? [];
  return [
    ...runs.slice(0, -1),
    { ...last, text: words, cites: { sources } },
    ...(mark ? [{ text: mark }] : []),
  ];
}

function tellPart(part: PhrasePart, subject: Subject): Piece {
  if ('text' in part) return { runs: [{ text: part.text }], rests: false };
  const { word, options } = part;
  const { scope, material } = subject;
  if (TEXT_WORDS[word]) return tellText(TEXT_WORDS[word].of(scope, material), scope);
  if (NAME_WORDS[word]) return tellNames(word, options, subject);
  if (word === ALL_FIGURES) return tellAllFigures(subject);
  if (COUNT_WORDS[word]) {
    const quantity = COUNT_WORDS[word].of(material, scope.records);
    return tellQuantity(quantity, {
      ...quantity,
      measure: options[0] ?? (word === '数量' ? '' : undefined),
      subject,
    });
  }
  const indicator = indicatorOf(material, word) ?? { id: word, name: word, unit: 'count' as const };
  return tellQuantity(indicatorQuantity(material, indicator.id, scope), {
    ...indicator,
    measure: options[0],
    subject,
  });
}

const blank = (text = BLANK): DraftRun => ({ text, mark: 'blank' });

/** The site's name rests on nothing; a theme or a strand is the campaign's. */
const tellText = (text: string | undefined, { campaigns }: Scope): Piece => ({
  runs: [text === undefined ? blank() : { text }],
  isKnown: text !== undefined,
  rests: campaigns.length > 0 && 'campaigns',
});

/** What a figure is called and counted in, and the measure word that the phrase wants instead of the unit's own. */
interface Asked {
  id: string;
  name: string;
  unit: keyof typeof UNITS;
  measure: string | undefined;
  subject: Subject;
}

function tellQuantity(
  quantity: Quantity | undefined,
  { id, name, unit, measure = UNITS[unit], subject }: Asked,
): Piece {
  const { scope, about, heading } = subject;
  const shown = quantity && amountText(quantity, measure);
  const states = {
    key: `${scope.key}|${[...about].sort().join('+')}|${id}`,
    label: `${scope.label || heading}：${name}`,
    text: (quantity && amountText(quantity, measure || UNITS[unit])) ?? BLANK,
    doubt: quantity?.doubt,
  };
  if (shown !== undefined) {
    const cites = { sources: quantity?.sources ?? [] };
    const mark = quantity?.doubt ? 'doubt' : undefined;
    return { runs: [{ text: shown, mark, cites, states }], isKnown: true, rests: 'records' };
  }
  const cites = quantity
    ? { sources: quantity.sources }
    : { sources: [], remark: `没有一条记录写到“${name}”` };
  const word = unit === 'yuan' || unit === 'percent' ? UNITS[unit] : measure;
  const runs = word
    ? [
        { ...blank(), states },
        { text: word, cites },
      ]
    : [{ ...blank(), states, cites }];
  return { runs, isKnown: false, rests: 'records' };
}

const PAIR = /^[《“「『（【].?[》”」』）】]$/u;

/** Longer lists are cut: 「等30所学校」 says the rest. */
const MAX_NAMES = 12;

/** What the records of a scope are called, how many have no name, and how many they stand for. */
function namesOf(word: string, { records }: Scope, material: Material) {
  const given = records.map((record) => ({
    names: NAME_WORDS[word]?.of(record, material) ?? [],
    stands: word === '名称' ? quantityOf(record) : 1,
  }));
  const names = [...new Set(given.flatMap((one) => one.names.filter((name) => name !== undefined)))];
  const unnamed = given
    .filter((one) => one.names.length > 0 && one.names.every((name) => name === undefined))
    .reduce((sum, { stands }) => sum + stands, 0);
  const total = word === '名称' ? given.reduce((sum, { stands }) => sum + stands, 0) : names.length + unnamed;
  return { names, unnamed, total };
}

function tellNames(word: string, options: readonly string[], { scope, material }: Subject): Piece {
  const quotes = options.find((option) => PAIR.test(option));
  const measure = options.find((option) => !PAIR.test(option));
  const { names, unnamed, total } = namesOf(word, scope, material);
  if (names.length === 0) {
    const count = measure && total > 0 ? [{ text: `等${total}${measure}` }] : [];
    return { runs: [blank(), ...count], isKnown: false, rests: 'records' };
  }
  const isCut = measure !== undefined && names.length > MAX_NAMES;
  const listed = (isCut ? names.slice(0, MAX_NAMES) : names).map((name) =>
    quotes ? `${quotes[0]}${innerQuotes(name)}${quotes.at(-1)}` : name,
  );
  const runs: DraftRun[] = [{ text: listed.join(quotes?.startsWith('《') ? '' : '、') }];
  const isWhole = !isCut && total === names.length;
  if (measure && total > 1) runs.push({ text: `${isWhole ? '' : '等'}${total}${measure}` });
  else if (unnamed > 0) runs.push({ text: '等' });
  if (unnamed > 0) runs.push({ text: `（其中${unnamed}${measure ?? '处'}的名称` }, blank(), { text: '）' });
  return { runs, isKnown: true, rests: 'records' };
}

/** Indicators with a phrase of their own in the outline, then those that the records state, in the dictionary's order. */
function indicatorsToTell({ scope, spoken, outline, material }: Subject): string[] {
  const listed = outline.figures.map(({ indicator }) => indicator);
  const stated = new Set(
    scope.records.flatMap(({ data }) =>
      'results' in data ? data.results.map(({ indicator }) => indicator) : [],
    ),
  );
  const others = material.records.dictionary
    .map(({ id }) => id)
    .filter((id) => stated.has(id) && !listed.includes(id));
  return [...listed, ...others].filter((id) => !spoken.has(id));
}

/** Every figure of the scope in the phrase that the outline has for it. */
function tellAllFigures(subject: Subject): Piece {
  const { material, outline, scope } = subject;
  const told = indicatorsToTell(subject).flatMap((id): Piece[] => {
    const quantity = indicatorQuantity(material, id, scope);
    if (!quantity) return [];
    const own = outline.figures.find(({ indicator }) => indicator === id);
    const isKnown = quantity.value !== undefined || quantity.conflict.length > 0;
    if (!isKnown && own?.blank === 'omit') return [];
    const { parts } = parsePhrase(own?.text ?? `${quantity.name}{数}${UNITS[quantity.unit]}`);
    const runs = parts.flatMap((part): DraftRun[] => {
      if ('text' in part) return [{ text: part.text }];
      if (part.word !== '细目') return tellQuantity(quantity, { ...quantity, measure: '', subject }).runs;
      return [{ text: recorded(quantity.item) ?? part.options[0] ?? quantity.name }];
    });
    return [{ runs: notedAtEnd(runs), isKnown, rests: 'records' }];
  });
  return {
    runs: told.flatMap(({ runs }, index) => (index > 0 ? [{ text: '，' }, ...runs] : runs)),
    isKnown: told.some(({ isKnown }) => isKnown),
    rests: told.length > 0 && 'records',
  };
}

/** The footnote after the measure word, not between it and its number. */
function notedAtEnd(runs: readonly DraftRun[]): DraftRun[] {
  const cites = runs.find((run) => run.cites)?.cites;
  return runs.map(({ cites: _, ...run }, index) =>
    index === runs.length - 1 && cites ? { ...run, cites } : run,
  );
}
