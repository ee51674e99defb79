import { createMiddleware } from 'hono/factory';

/** What people of the office may do, least first; each role may also do what those before it may. */
export const ROLES = {
  author: '作者',
  reviewer: '审核',
  publisher: '发布',
  administrator: '管理员',
} as const;

export type Role = keyof typeof ROLES;

/** Somebody with an account. */
export interface Person {
  id: string;
  /** Shown to colleagues and written into the history. */
  name: string;
  login: string;
  role: Role;
}

/** Header in which a page of the editor says whose it is (an account's id): cookies are those of all windows. */
export const PERSON_HEADER = 'X-Portal-Person';

/** What a route finds in its context once somebody has signed in. */
export interface Signed {
  Variables: { person: Person };
}

const ORDER = Object.keys(ROLES) as Role[];

/** Whether a person has at least a role. */
export const hasRole = ({ role }: Pick<Person, 'role'>, least: Role): boolean =>
  ORDER.indexOf(role) >= ORDER.indexOf(least);

/** Lets a request pass only from somebody with at least a role: 401 without a session, 403 with a lesser role. */
export const needs = (least: Role) =>
  createMiddleware<Signed>(async (context, next) => {
    const person = context.get('person') as Person | undefined;
    if (!person) return context.json({ message: '请先登录' }, 401);
    if (!hasRole(person, least))
      return context.json(
        { message: `这一步要「${ROLES[least]}」以上的人来做；你的角色是「${ROLES[person.role]}」` },
        403,
      );
    await next();
    return undefined;
  });

/** Refuses what a page of somebody else's asks, since in another window another person has signed in. */
export const samePerson = createMiddleware<Signed>(async (context, next) => {
  const { id, name } = context.get('person');
  if ((context.req.header(PERSON_HEADER) ?? id) !== id)
    return context.json({ message: `这个浏览器里已经换成「${name}」登录`, switched: true }, 401);
  await next();
  return undefined;
});
