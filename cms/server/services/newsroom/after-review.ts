import { type Step, STEPS, type UrgentStep } from '../../../protocol/review.ts';
import { hasRole, type Name, type Person, ROLES } from '../../../protocol/roles.ts';

/**
 * 先发后审: what could not wait for its review, a date that changes, something that has to come off the site. A publisher
 * does it at once and says why; the steps that were left out are taken afterwards, by others. Pure functions.
 */

const same = (a: Name) => (b: Name) => a.login === b.login;

interface Urgency {
  person: Name;
  action: UrgentStep['action'];
  reason: string;
  authors: readonly Name[];
  /** Steps that were left out, in their order. */
  pending: readonly Step[];
  now: Date;
}

/** What remains to be done after an urgent step; undefined where nothing is reviewed. */
export function urgentOf({ person, action, reason, authors, pending, now }: Urgency): UrgentStep | undefined {
  if (pending.length === 0) return undefined;
  return {
    ...{ login: person.login, name: person.name, action, reason: reason.trim() },
    at: now.toISOString(),
    authors: authors.map(({ login, name }) => ({ login, name })),
    pending: [...pending],
    approvals: [],
  };
}

/** Why a person may not take the next step of a review afterwards; undefined when they may. */
export function objectionAfterwards(urgent: UrgentStep | undefined, person: Person): string | undefined {
  const step = urgent?.pending[0];
  if (!urgent || !step) return '这一条没有要补的审核';
  const { label, role } = STEPS[step];
  if (!hasRole(person, role)) return `补${label}要由「${ROLES[role]}」以上的人来做`;
  if (same(urgent)(person)) return `这一条是你先发的，${label}请换一个人来补`;
  if (urgent.authors.some(same(person))) return `你写过或改过这一稿，不能再给它${label}，请换一个人`;
  if (urgent.approvals.some(same(person))) return `你已经审过前一步，${label}请换一个人`;
  return undefined;
}

/** What remains after a person took the next step; undefined when that was the last. */
export function reviewedAfterwards(urgent: UrgentStep, { login, name }: Name): UrgentStep | undefined {
  const [step, ...pending] = urgent.pending;
  if (!step || pending.length === 0) return undefined;
  return { ...urgent, pending, approvals: [...urgent.approvals, { login, name, step }] };
}
