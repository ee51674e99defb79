import type { Problem } from '../../../../../src/model/problems.ts';
import { labelOfPath, shapeOf } from '../../../../../src/model/schema.ts';
import { writeFile } from '../../../../documents/format.ts';
import type { Place } from '../../../../documents/places.ts';
import { slugOfPath } from '../../../../documents/slug.ts';
import type { Person } from '../../../../protocol/roles.ts';
import { hasRole } from '../../../../protocol/roles.ts';
import type { Action, ReviewState } from '../../../../protocol/review.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Data } from '../../../../results/form.ts';
import { freeSlug } from '../../../../sheets/import-row.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import { mayHurry } from '../../../services/newsroom/review-rules.ts';
import { Refused } from '../../../services/refused.ts';
import type { Audit } from '../../../stores/audit.ts';
import { subjectOf } from '../../api/subject.ts';
import type { NewTask } from './task.ts';

/** From the answers of a guided form to a draft, through the newsroom as the editor does. */

export interface SavingParts {
  newsroom: Pick<
    Newsroom,
    'list' | 'read' | 'save' | 'act' | 'review' | 'problemsIn' | 'titleOf' | 'waiting'
  >;
  audit: Audit;
}

/** What somebody may do on the last page, beside saving a draft. */
export type LastStep = 'submit' | 'publish';

export const lastStepOf = ({ steps }: Pick<ReviewState, 'steps'>, person: Person): LastStep | undefined => {
  if (steps.length > 0) return 'submit';
  return hasRole(person, 'publisher') ? 'publish' : undefined;
};

/** Whether a change of what is on the site may go there at once, and be reviewed afterwards. */
export const canHurry = ({ isPublished, steps }: ReviewState, person: Person): boolean =>
  mayHurry(isPublished, person, steps);

/** A new entry's path and text; the path is free, or the one that the look page had. */
export async function newEntryOf(
  task: NewTask,
  { data, body }: { data: Data; body: string },
  {
    newsroom,
    path,
    uid,
    today,
  }: { newsroom: SavingParts['newsroom']; path: string; uid: string; today: string },
): Promise<{ path: string; text: string; uid: string }> {
  const { type } = task;
  const taken = new Set(
    ((await newsroom.list(`content/${type.name}`)) ?? []).map((entry) => slugOfPath(entry.path)),
  );
  const own = uid || crypto.randomUUID();
  const isOwn = new RegExp(`^content/${type.name}/[a-z0-9-]+\\.${type.format}$`).test(path);
  const chosen = isOwn ? path : `content/${type.name}/${freeSlug(data, taken, task.path)}.${type.format}`;
  const whole = inFormOrder(type.schema, { ...data, uid: own, published: today });
  return { path: chosen, text: writeFile({ data: whole, body }, type.format, type.schema), uid: own };
}

/** The data in the order of the form, as the editor writes it. */
const inFormOrder = (schema: Place['schema'], data: Data): Data =>
  Object.fromEntries(
    Object.keys(shapeOf(schema)).flatMap((name) => (name in data ? [[name, data[name]]] : [])),
  );

/** The errors that concern what the form holds, by control; the others, which the next page names. */
export function faultsOf(
  problems: readonly Problem[],
  schema: Place['schema'],
  controls: Readonly<Record<string, string>>,
  asked: ReadonlySet<string>,
): Faults {
  const byLabel = new Map(Object.keys(shapeOf(schema)).map((name) => [labelOfPath(schema, [name]), name]));
  const faults: Faults = {};
  for (const { severity, field = '', message } of problems) {
    const name = severity === 'error' ? byLabel.get(/^「[^」]*」/.exec(field)?.[0] ?? '') : undefined;
    const control = name && (controls[name] ?? name);
    if (control && asked.has(control)) faults[control] ??= message;
  }
  return faults;
}

interface Wanted {
  person: Person;
  path: string;
  text: string;
  version: string | null;
  title: string;
  step: 'save' | LastStep | 'urgent';
  /** Warnings that were shown. */
  accepted: readonly string[];
  /** Why it cannot wait for its review, for `urgent`. */
  comment?: string | undefined;
}

/**
 * Saves the draft, and hands it in or publishes it where that was wanted.
 *
 * @returns what kept the second step from being taken, a Chinese sentence; the draft is saved then
 * @throws {Refused} when the draft itself was not saved
 */
export async function saveTask(
  { newsroom, audit }: SavingParts,
  { person, path, text, version, title, step, accepted, comment }: Wanted,
): Promise<string | undefined> {
  const saved = await newsroom.save(person, { path, text, version });
  audit.write({ person, action: 'save', target: subjectOf(newsroom, path), detail: title });
  if (step === 'save') return undefined;
  try {
    await newsroom.act(person, path, saved.version, {
      action: step,
      ...(GOES_LIVE.has(step) ? { accepted: [...accepted] } : {}),
      ...(comment ? { comment } : {}),
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const why = error.problems.map(({ field = '', message }) => `${field}${message}`).slice(0, 3);
    return [error.message, ...why].join('；');
  }
  const detail = [title, comment].filter(Boolean).join('：');
  audit.write({ person, action: step, target: subjectOf(newsroom, path), detail });
  return undefined;
}

/** Steps that put the text on the site: what was warned of has been read. */
const GOES_LIVE: ReadonlySet<Action> = new Set(['publish', 'urgent']);

/** Whether an entry at a path is the one that this very form has saved before: 「后退」 and once more. */
export const isSavedAlready = (newsroom: Pick<Newsroom, 'read'>, path: string, uid: string): boolean =>
  newsroom.read(path)?.text.includes(uid) === true;
