import type { Context } from 'hono';
import { html } from 'hono/html';

/** Forms of the pages: the token that protects them, and what they post. */

/** Hidden field that every form of the desk carries; a post without it is refused. */
export const csrfField = (context: Context): ReturnType<typeof html> =>
  html`<input type="hidden" name="csrf" value="${context.get('csrf') ?? ''}" />`;

/** Fields of a posted form as text; files and repeated fields are left out. */
export async function formOf({ req }: Context): Promise<Record<string, string>> {
  const body = await req.parseBody().catch(() => ({}));
  return Object.fromEntries(
    Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
  );
}
