import { type Step, STEPS } from '../../../protocol/review.ts';
import { hasRole, type Name, type Person, ROLES } from '../../../protocol/roles.ts';
import type { ReviewRecord } from './review-record.ts';
import { isStep, objection } from './review-rules.ts';

/** Who can take the steps that a draft still has before it, so that none of them ends in nobody's hands. Pure functions. */

type Draft = Pick<ReviewRecord, 'authors' | 'approvals' | 'stage'>;

/** Names in a sentence: a few of them. */
const MOST_NAMED = 3;

const called = (people: readonly Name[]): string => {
  const names = people.slice(0, MOST_NAMED).map(({ name }) => `「${name}」`);
  return names.join('、') + (people.length > MOST_NAMED ? `等 ${people.length} 人` : '');
};

/** Steps that are still before a draft, in their order. */
const stepsBefore = ({ stage }: Draft, steps: readonly Step[]): readonly Step[] =>
  isStep(stage) ? steps.slice(Math.max(0, steps.indexOf(stage))) : stage === 'draft' ? steps : [];

/** What is known of a draft before its review begins again. */
const asAsked = (draft: Draft): Draft => (draft.stage === 'draft' ? { ...draft, approvals: [] } : draft);

const able = (draft: Draft, step: Step, people: readonly Person[]): Person[] =>
  people.filter((person) => objection(draft, step, person) === undefined);

/** The people who can take the step that a draft waits for; empty when it waits for none. */
export function waitsFor(draft: Draft, people: readonly Person[]): Name[] {
  const { stage } = draft;
  if (!isStep(stage)) return [];
  return able(draft, stage, people).map(({ login, name }) => ({ login, name }));
}

/**
 * Steps that nobody can take, one Chinese sentence each with who could be asked.
 *
 * @param people who has an account; an empty list says nothing about anybody
 */
export function stuckSteps(asked: Draft, steps: readonly Step[], people: readonly Person[]): string[] {
  if (people.length === 0) return [];
  const draft = asAsked(asked);
  const before = stepsBefore(draft, steps);
  const candidates = before.map((step) => ({ step, people: able(draft, step, people) }));
  const empty = candidates.filter((one) => one.people.length === 0);
  if (empty.length > 0) return empty.map(({ step }) => nobodyFor(draft, step, people));
  const missing = firstWithout(candidates.map((one) => one.people.map(({ login }) => login)));
  if (missing === undefined) return [];
  const { step, people: few } = candidates[missing] as (typeof candidates)[number];
  const labels = before.slice(0, missing + 1).map((one) => STEPS[one].label);
  return [
    `${labels.join('、')}只有${called(few)}能做，每一步要由不同的人审，${STEPS[step].label}会没有人做。${advice(draft, step, people)}`,
  ];
}

/** Index of the first list that gets nobody when each list takes another login; undefined when each gets one. */
function firstWithout(lists: readonly string[][]): number | undefined {
  for (let count = 1; count <= lists.length; count++)
    if (!canBeDealt(lists.slice(0, count), new Set())) return count - 1;
  return undefined;
}

/** There are three steps at most: every way is tried. */
function canBeDealt([first, ...rest]: readonly string[][], taken: ReadonlySet<string>): boolean {
  if (!first) return true;
  return first.some((login) => !taken.has(login) && canBeDealt(rest, new Set([...taken, login])));
}

function nobodyFor(draft: Draft, step: Step, people: readonly Person[]): string {
  const { label, role } = STEPS[step];
  const withRole = people.filter((person) => hasRole(person, role));
  const why =
    withRole.length === 0
      ? `还没有「${ROLES[role]}」以上的人`
      : `能做的${called(withRole)}${withRole.length > 1 ? '都' : ''}写过或审过这一稿`;
  return `${label}没有人能做：${why}。${advice(draft, step, people)}`;
}

/** Who could be given the role, and who gives it. */
function advice(draft: Draft, step: Step, people: readonly Person[]): string {
  const { role } = STEPS[step];
  const isInvolved = (person: Person) =>
    [...draft.authors, ...draft.approvals].some(({ login }) => login === person.login);
  const free = people.filter((person) => !hasRole(person, role) && !isInvolved(person));
  const administrators = people.filter((person) => hasRole(person, 'administrator'));
  const whom = free.length > 0 ? `${called(free)}` : '另一位同事（可以新建账号）';
  return `请管理员${called(administrators)}在「账号」里给${whom}「${ROLES[role]}」的角色`;
}
