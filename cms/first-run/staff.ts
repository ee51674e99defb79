import { STEPS, type Step } from '../protocol/review.ts';

/** How many steps of review an office can keep: whoever takes one has not written the text, and takes no other of it. */

const ALL = Object.keys(STEPS) as Step[];

/** What each number of people, and all above the last, can do. */
const BY_STAFF: readonly (readonly Step[])[] = [[], [], ['final'], ['first', 'final'], ALL];

/** The most steps that so many people can take, counting one who writes. */
export const stepsForStaff = (people: number): readonly Step[] =>
  BY_STAFF[Math.min(Math.max(0, Math.trunc(people)), BY_STAFF.length - 1)] ?? [];

/** Numbers of people that differ in their steps, for a form. */
export const STAFF_CHOICES: readonly number[] = [1, 2, 3, 4];
