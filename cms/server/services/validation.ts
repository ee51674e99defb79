import type { Content } from '../../../src/store/index.ts';
import { type Body, renderBody } from '../../../src/body/index.ts';
import type { CheckedFile, Corpus } from '../../../src/checks/corpus.ts';
import { checkGoods } from '../../../src/checks/goods.ts';
import { checkDerivedIndicators } from '../../../src/checks/derived-indicators.ts';
import { checkLinks } from '../../../src/checks/links.ts';
import { checkMissingPictures } from '../../../src/checks/missing-picture.ts';
import { checkParts } from '../../../src/checks/parts.ts';
import { checkPeopleAndAttendances } from '../../../src/checks/people-and-attendances.ts';
import { checkPhotoConsent } from '../../../src/checks/photo-consent.ts';
import { checkPrivateData } from '../../../src/checks/private-data.ts';
import { checkRedirects, explainFormerAddress } from '../../../src/checks/redirects.ts';
import { checkReferences } from '../../../src/checks/references.ts';
import { checkReportOutline } from '../../../src/checks/report-outline.ts';
import { checkWording } from '../../../src/checks/wording.ts';
import type { ParsedDocument } from '../../../src/model/document.ts';
import { readEntry } from '../../../src/model/entry.ts';
import { MAX_PROBLEMS } from '../../protocol/problem.ts';
import type { Problem } from '../../../src/model/problems.ts';
import { takenNames } from '../../../src/model/taken-names.ts';
import { routeFiles } from '../../../src/runtime/route-files.ts';
import type { ReferenceList } from '../../../src/model/type.ts';
import { lists, types } from '../../../src/types/index.ts';
import type { Place } from '../../documents/places.ts';
import type { EntryDocument } from '../stores/content/entry-document.ts';
import { memoizeByFile } from '../stores/content/memoize.ts';

/** Checks of a file before it is written: the schema, a safe body, and the rules that concern a single file. */

const rules = [
  checkReferences,
  checkLinks,
  checkRedirects,
  checkPrivateData,
  checkPhotoConsent,
  checkMissingPictures,
  checkWording,
];

/** Rules about figures and phrases: they rely on fields without errors. */
const figureRules = [
  checkDerivedIndicators,
  checkReportOutline,
  checkParts,
  checkPeopleAndAttendances,
  checkGoods,
];

/**
 * Everything wrong with a text as the content of its place; warnings included, errors first. Where fields have errors, the
 * other rules look at what is written all the same, so that an editor sees all problems at once.
 *
 * @param known the existing slugs, when many texts are checked in a row
 * @param body the rendered body, where it was rendered already (`body-check/`)
 */
export function validate(
  { place, parsed }: EntryDocument,
  known = existingSlugs(place.content),
  body?: Body,
): Problem[] {
  const { content } = place;
  const file = content.shownPath(place.file);
  const entry = readEntry(place.schema, file, parsed, place.format);
  const rendered = place.format === 'mdx' ? (body ?? renderBody(entry.body)) : undefined;
  const problems = [...entry.problems];
  for (const problem of rendered?.problems ?? [])
    problems.push({ ...problem, file, line: (problem.line ?? 1) + entry.bodyLine - 1 });
  const former = explainFormerAddress(place.type?.address?.(place.slug), { slugs: known });
  if (former) problems.push({ severity: 'error', file, message: former });
  const taken = takenNames(place.type?.address ?? null, routeFiles())(place.slug);
  if (taken) problems.push({ severity: 'error', file, field: '网址名', message: taken });
  const checked: CheckedFile = {
    kind: place.kind,
    type: place.type,
    slug: place.slug,
    file,
    schema: place.schema,
    // A field with an error must not hide a telephone number in another one.
    data: (entry.data ?? entry.written) as Record<string, unknown>,
    entry: entry as CheckedFile['entry'],
    rendered,
  };
  const corpus: Corpus = {
    content,
    files: [checked],
    broken: [],
    slugs: slugsWith(place, checked.data, known),
    problems: [],
  };
  const wanted = entry.data ? [...rules, ...figureRules] : rules;
  problems.push(...wanted.flatMap((rule) => rule(corpus)));
  const weight = ({ severity }: Problem) => (severity === 'error' ? 0 : 1);
  problems.sort((a, b) => weight(a) - weight(b) || (a.line ?? 0) - (b.line ?? 0));
  const [first] = problems.slice(MAX_PROBLEMS);
  if (!first) return problems;
  const message = '还有问题没有列出，请先改好上面这些';
  return [...problems.slice(0, MAX_PROBLEMS), { severity: first.severity, file, message }];
}

/** The same problems in terms of the form: lines are counted in the body's box, fields have their labels. */
export function inFormTerms({ parsed }: EntryDocument, problems: readonly Problem[]): Problem[] {
  const firstLine = firstLineOf(parsed);
  return problems.map((problem) => {
    const line = (problem.line ?? 0) - firstLine + 1;
    if (parsed.format === 'mdx' && line > 0)
      return { ...problem, line, field: `正文 ${problem.field ?? ''}` };
    return { ...problem, line: undefined };
  });
}

/** Line of the file that the body's box shows first: the blank lines after the front matter are not in it. */
function firstLineOf({ fault, body, bodyLine }: ParsedDocument): number {
  if (fault?.kind === 'frame') return 1;
  const [blank = ''] = /^(?:[ \t]*\n)*/.exec(body) ?? [];
  return bodyLine + blank.split('\n').length - 1;
}

const idsIn = memoizeByFile<Set<string>>();

/** Ids of a list's items. Every save asks for those of all lists, and they seldom change. */
const idsOfList = (content: Content, list: ReferenceList): Set<string> =>
  idsIn(content.dataFile(list.name), () => new Set(content.list(list).items.map(({ id }) => String(id)))) ??
  new Set();

/** Slugs and ids that exist, by type or list. */
export function existingSlugs(content: Content): Corpus['slugs'] {
  const slugs: Corpus['slugs'] = new Map();
  for (const type of types)
    slugs.set(type.name, new Set(content.filesOf(type).files.map(({ slug }) => slug)));
  for (const list of lists) slugs.set(list.name, idsOfList(content, list));
  return slugs;
}

/** The same, once the place has been written. */
function slugsWith(place: Place, data: Record<string, unknown>, known: Corpus['slugs']): Corpus['slugs'] {
  if (place.list) return new Map(known).set(place.kind, new Set(idsOf(data)));
  if (!place.type || known.get(place.kind)?.has(place.slug)) return known;
  return new Map(known).set(place.kind, new Set([...(known.get(place.kind) ?? []), place.slug]));
}

/** Ids of a list file's items. */
export const idsOf = (data: Record<string, unknown>): string[] =>
  Array.isArray(data.items) ? data.items.map((item) => String((item as { id?: unknown })?.id)) : [];
