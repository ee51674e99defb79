import type { Content } from '../../../src/store/index.ts';
import { createMiddleware } from 'hono/factory';
import type { OldRelease } from '../services/releases.ts';
import { hasRole, type Person, PERSON_HEADER, type Role, ROLES } from '../../protocol/roles.ts';

/** Who may use a route: middleware for Hono, after `knowsPerson` has put the person into the context. */

/** Context of a route for people who have signed in; `content` is what is published. */
export interface Signed {
  Variables: { person: Person; content: Content };
}

declare module 'hono' {
  interface ContextVariableMap {
    /** Why there is no `person`, a Chinese sentence; absent when the browser never signed in. */
    whyNobody?: string | undefined;
    /** The live site when it is an older one that was made live again. */
    oldRelease?: OldRelease | undefined;
  }
}

/** Puts what is published into the context: the site's name, colour and lists. */
export const providesContent = (content: Content) =>
  createMiddleware<Signed>(async (context, next) => {
    context.set('content', content);
    await next();
  });

/** Puts into the context whether visitors see an older site than the latest. */
export const knowsRelease = (oldRelease: () => OldRelease | undefined) =>
  createMiddleware<Signed>(async (context, next) => {
    context.set('oldRelease', oldRelease());
    await next();
  });

/** Requires at least a role: answers 401 without a session, 403 with a lesser role. */
export const needs = (least: Role) =>
  createMiddleware<Signed>(async (context, next) => {
    const person = context.get('person') as Person | undefined;
    if (!person) return context.json({ message: context.get('whyNobody') ?? '请先登录' }, 401);
    if (!hasRole(person, least))
      return context.json(
        { message: `这一步要「${ROLES[least]}」以上的人来做；你的角色是「${ROLES[person.role]}」` },
        403,
      );
    await next();
    return undefined;
  });

/** Refuses requests of a page that another person opened: a different account has signed in to this browser since. */
export const samePerson = createMiddleware<Signed>(async (context, next) => {
  const { id, name } = context.get('person');
  if ((context.req.header(PERSON_HEADER) ?? id) !== id)
    return context.json({ message: `这个浏览器里已经换成「${name}」登录`, switched: true }, 401);
  await next();
  return undefined;
});
