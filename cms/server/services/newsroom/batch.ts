import { setImmediate as yieldToEventLoop } from 'node:timers/promises';
import type { Corpus } from '../../../../src/checks/corpus.ts';
import type { Problem } from '../../../../src/model/problems.ts';
import { ACTIONS, type ReviewRequest, type Stage, type Step } from '../../../protocol/review.ts';
import type { Person } from '../../../protocol/roles.ts';
import type { Place } from '../../../documents/places.ts';
import type { Queue } from '../../process/queue.ts';
import { Refused } from '../refused.ts';
import { titleOf } from '../uses.ts';
import { existingSlugs } from '../validation.ts';
import { type Draft, type DraftWrite, draftTitle } from './draft.ts';
import { openForStep } from './opened.ts';
import type { Publishing, Ready } from './publishing.ts';
import { currentDocument, problemsOf, resolvePlace } from './reading.ts';
import { refuseErrors } from './refusals.ts';
import { advance } from './review-rules.ts';
import type { Texts } from './texts.ts';

/**
 * The same step of review with many entries. Each is judged by its own rules, as if it were alone; those that are refused
 * are left out with their reason. Everything that is published goes into one commit, so it goes live at once: one build.
 */

/** Steps that can be taken with many entries. */
export const BATCH_ACTIONS = ['submit', 'approve', 'return', 'publish'] as const;
export type BatchAction = (typeof BATCH_ACTIONS)[number];

/** An entry as the person has it before them. */
export interface BatchItem {
  path: string;
  version: string;
  /** Messages of its warnings that the person has read, for `publish`. */
  accepted?: readonly string[] | undefined;
}

export interface BatchOptions {
  action: BatchAction;
  /** The reason, for `return`. */
  comment?: string | undefined;
  /** Publish nothing when one is refused. */
  isAllOrNone?: boolean | undefined;
  /** Find out what would be refused, and change nothing. */
  isRehearsal?: boolean | undefined;
  /** Called with the number of entries that have been looked at. */
  onProgress?: ((done: number) => void) | undefined;
}

/** What came of one entry. */
export interface StepOutcome {
  path: string;
  /** In 「」. */
  title: string;
  /** Where it stands now. */
  stage: Stage;
  /** Why nothing was done with it; absent when the step was taken. */
  refusal?: { message: string; problems: readonly Problem[] } | undefined;
}

interface Parts {
  texts: Texts;
  publishing: Publishing;
  steps: () => readonly Step[];
  exclusively: Queue['run'];
  /** Told of each draft as it was before the step, once the step is on the disk. */
  announce: (taken: Draft) => void;
}

/** Entries whose drafts are committed by one run of Git, between which other people's changes have their turn. */
const AT_ONCE = 20;

const NOT_ALL = '这一批里有不能发布的，照你选的，一条也没有发布';

interface Opened {
  item: BatchItem;
  place: Place;
  draft: Draft;
}

/** Takes the step; the outcomes are in the order of the items. */
export async function actAll(
  parts: Parts,
  person: Person,
  items: readonly BatchItem[],
  options: BatchOptions,
): Promise<StepOutcome[]> {
  const { texts, exclusively } = parts;
  const refused = new Map<string, Refused>();
  const unique = [...new Map(items.map((item) => [item.path, item])).values()];
  if (options.action === 'publish')
    await exclusively(() => publishAll(parts, person, unique, options, refused));
  else
    for (let from = 0; from < unique.length; from += AT_ONCE) {
      const some = unique.slice(from, from + AT_ONCE);
      await exclusively(() => advanceAll(parts, person, some, options, refused));
      options.onProgress?.(from + some.length);
    }
  return unique.map(({ path }) => {
    const refusal = refused.get(path);
    return {
      ...whereIs(texts, path),
      path,
      ...(refusal ? { refusal: { message: refusal.message, problems: refusal.problems } } : {}),
    };
  });
}

function whereIs(texts: Texts, path: string): Pick<StepOutcome, 'title' | 'stage'> {
  try {
    const place = resolvePlace(texts, path);
    const document = currentDocument(texts, place);
    const stage = texts.drafts.get(place.path)?.record.stage ?? 'published';
    return { title: document ? titleOf(document) : `「${place.slug}」`, stage };
  } catch {
    return { title: `「${path.slice(0, 80)}」`, stage: 'published' };
  }
}

/** The drafts with which the step is allowed; the others are refused. */
function openAll(
  { texts, steps }: Parts,
  person: Person,
  items: readonly BatchItem[],
  request: ReviewRequest,
  refused: Map<string, Refused>,
): Opened[] {
  const seen = new Set<string>();
  return items.flatMap((item): Opened[] => {
    try {
      const { place, draft } = openForStep(texts, steps(), person, item, request);
      // Its former address may be among them as well.
      if (seen.has(place.path)) return [];
      seen.add(place.path);
      if (!draft) throw new Refused(403, '这一条已经发布，没有要审的草稿');
      return [{ item, place, draft }];
    } catch (error) {
      refused.set(item.path, refusedOr(error));
      return [];
    }
  });
}

function refusedOr(error: unknown): Refused {
  if (error instanceof Refused) return error;
  throw error;
}

async function advanceAll(
  parts: Parts,
  person: Person,
  items: readonly BatchItem[],
  { action, comment, isRehearsal = false }: BatchOptions,
  refused: Map<string, Refused>,
): Promise<void> {
  const { texts, steps } = parts;
  const request: ReviewRequest = { action, ...(comment ? { comment } : {}) };
  const writes: DraftWrite[] = [];
  const taken: Draft[] = [];
  const opened = openAll(parts, person, items, request, refused);
  const slugs = slugsWith(texts, opened);
  for (const { item, draft } of opened) {
    await yieldToEventLoop();
    try {
      if (action === 'submit') refuseErrors(await problemsOf(texts, draft.document, slugs));
      const record = advance(draft.record, request, person, steps(), texts.now());
      const message = `${ACTIONS[action]}：${draftTitle(draft)}`;
      writes.push({ path: draft.path, by: person, message, document: draft.document, record });
      taken.push(draft);
    } catch (error) {
      refused.set(item.path, refusedOr(error));
    }
  }
  if (isRehearsal) return;
  await texts.writeDrafts(writes);
  for (const draft of taken) parts.announce(draft);
}

async function publishAll(
  parts: Parts,
  person: Person,
  items: readonly BatchItem[],
  options: BatchOptions,
  refused: Map<string, Refused>,
): Promise<void> {
  const { texts, publishing } = parts;
  let opened = openAll(parts, person, items, { action: 'publish' }, refused);
  let ready: Ready[] = [];
  // What refers to an entry that is refused is refused as well: so look again until nothing more falls away.
  for (let isStable = false; !isStable;) {
    const slugs = slugsWith(texts, opened);
    const kept: Opened[] = [];
    ready = [];
    for (const one of opened) {
      await yieldToEventLoop();
      try {
        const { accepted = [] } = one.item;
        const request: ReviewRequest = { action: 'publish', accepted: [...accepted] };
        ready.push(await publishing.prepare(one.place, one.draft, person, request, { slugs }));
        kept.push(one);
      } catch (error) {
        refused.set(one.item.path, refusedOr(error));
      }
      options.onProgress?.(ready.length + refused.size);
    }
    isStable = !opened.some((one) => !kept.includes(one) && isNew(texts, one));
    opened = kept;
  }
  if (options.isRehearsal) return;
  if (options.isAllOrNone && refused.size > 0) {
    for (const { item } of opened) refused.set(item.path, new Refused(409, NOT_ALL));
    return;
  }
  await publishing.publishTogether(ready, person);
  for (const { draft } of ready) parts.announce(draft);
}

const isNew = ({ content }: Texts, { place }: Opened): boolean =>
  !existingSlugs(content).get(place.kind)?.has(place.slug);

/** What exists once all of them are published: those that are handed in or published together may refer to one another. */
function slugsWith({ content }: Texts, opened: readonly Opened[]): Corpus['slugs'] {
  const slugs = new Map(existingSlugs(content));
  for (const { place } of opened)
    slugs.set(place.kind, new Set([...(slugs.get(place.kind) ?? []), place.slug]));
  return slugs;
}
