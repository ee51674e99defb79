import { z } from 'zod';

/** The roles of the office, and the people who have them. */

/** What each person of the office may do, least first; a role may also do what those before it may. */
export const ROLES = {
  author: '作者',
  reviewer: '审核',
  publisher: '发布',
  administrator: '管理员',
} as const;

export type Role = keyof typeof ROLES;

const ORDER = Object.keys(ROLES) as [Role, ...Role[]];

export const role = z.enum(ORDER);

/** A person with an account. */
export const person = z.object({
  id: z.string(),
  /** Shown to colleagues and written into the history. */
  name: z.string(),
  login: z.string(),
  role,
});
export type Person = z.output<typeof person>;

/** A person as records name them: an account may be closed, its name stays in the history. */
export const name = person.pick({ login: true, name: true });
export type Name = z.output<typeof name>;

/** Whether a person has at least a role. */
export const hasRole = ({ role: own }: Pick<Person, 'role'>, least: Role): boolean =>
  ORDER.indexOf(own) >= ORDER.indexOf(least);

/**
 * Header in which a page of the editor says which account opened it. A session cookie is shared by all windows of a
 * browser, so a page may be sent with the cookie of another person who has signed in since.
 */
export const PERSON_HEADER = 'X-Portal-Person';
