import { currentContent } from '../../../src/store/index.ts';
import { renderBody } from '../../../src/body/index.ts';
import type { CheckedFile, Corpus } from '../../../src/checks/corpus.ts';
import { checkLinks } from '../../../src/checks/links.ts';
import { checkMissingPictures } from '../../../src/checks/missing-picture.ts';
import { checkPhotoConsent } from '../../../src/checks/photo-consent.ts';
import { checkPrivateData } from '../../../src/checks/private-data.ts';
import { checkRedirects, explainFormerAddress } from '../../../src/checks/redirects.ts';
import { checkReferences } from '../../../src/checks/references.ts';
import { checkWording } from '../../../src/checks/wording.ts';
import { readEntry } from '../../../src/model/entry.ts';
import { MAX_PROBLEMS } from '../../protocol/problem.ts';
import type { Problem } from '../../../src/model/problems.ts';
import type { ReferenceList } from '../../../src/model/type.ts';
import { lists, types } from '../../../src/types/index.ts';
import type { Place } from '../../documents/places.ts';
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

/**
 * Everything wrong with `text` as the content of a place; warnings included, errors first.
 *
 * @param known the existing slugs, when many texts are checked in a row
 */
export function validate(place: Place, text: string, known = existingSlugs()): Problem[] {
  const file = currentContent().shownPath(place.file);
  const entry = readEntry(place.schema, file, text, place.format);
  const rendered = place.format === 'mdx' ? renderBody(entry.body) : undefined;
  const problems = [...entry.problems];
  for (const problem of rendered?.problems ?? [])
    problems.push({ ...problem, file, line: (problem.line ?? 1) + entry.bodyLine - 1 });
  const former = explainFormerAddress(place.type?.address?.(place.slug), { slugs: known });
  if (former) problems.push({ severity: 'error', file, message: former });
  if (entry.data) {
    const checked: CheckedFile = {
      kind: place.kind,
      type: place.type,
      slug: place.slug,
      file,
      schema: place.schema,
      data: entry.data as Record<string, unknown>,
      entry: entry as CheckedFile['entry'],
      rendered,
    };
    const content = currentContent();
    const corpus: Corpus = {
      content,
      files: [checked],
      slugs: slugsWith(place, checked.data, known),
      problems: [],
    };
    problems.push(...rules.flatMap((rule) => rule(corpus)));
  }
  const weight = ({ severity }: Problem) => (severity === 'error' ? 0 : 1);
  problems.sort((a, b) => weight(a) - weight(b) || (a.line ?? 0) - (b.line ?? 0));
  const [first] = problems.slice(MAX_PROBLEMS);
  if (!first) return problems;
  const message = '还有问题没有列出，请先改好上面这些';
  return [...problems.slice(0, MAX_PROBLEMS), { severity: first.severity, file, message }];
}

/** The same problems in terms of the form: lines are counted in the body's box, fields have their labels. */
export function inFormTerms(
  source: string,
  format: Place['format'],
  problems: readonly Problem[],
): Problem[] {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const head = format === 'mdx' ? (/^---\n[\s\S]*?\n---[ \t]*\n(?:[ \t]*\n)*/.exec(text)?.[0] ?? '') : text;
  const headLines = head.split('\n').length - 1;
  return problems.map((problem) => {
    const line = (problem.line ?? 0) - headLines;
    if (format === 'mdx' && line > 0) return { ...problem, line, field: `正文 ${problem.field ?? ''}` };
    return { ...problem, line: undefined };
  });
}

const idsIn = memoizeByFile<Set<string>>();

/** Ids of a list's items. Every save asks for those of all lists, and they seldom change. */
const idsOfList = (list: ReferenceList): Set<string> =>
  idsIn(
    currentContent().dataFile(list.name),
    () =>
      new Set(
        currentContent()
          .list(list)
          .items.map(({ id }) => String(id)),
      ),
  ) ?? new Set();

/** Slugs and ids that exist, by type or list. */
export function existingSlugs(): Corpus['slugs'] {
  const slugs: Corpus['slugs'] = new Map();
  for (const type of types)
    slugs.set(
      type.name,
      new Set(
        currentContent()
          .filesOf(type)
          .files.map(({ slug }) => slug),
      ),
    );
  for (const list of lists as readonly ReferenceList[]) slugs.set(list.name, idsOfList(list));
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
