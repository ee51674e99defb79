import type { Hono } from 'hono';
import type { Role } from '../../../protocol/roles.ts';
import type { Signed } from '../access.ts';

/** A page of the desk 「工作台」. */
export interface DeskPage {
  /** One word; the page is `/admin/desk/<path>/`. */
  path: string;
  /** Its name in the navigation. */
  label: string;
  /** The least role that may open it; it is neither listed nor answered for lesser roles. */
  least: Role;
  /** Not in the navigation: other pages lead there. */
  isUnlisted?: true;
  /** Routes below its address, `/` first; `context.get('person')` is there. */
  routes: Hono<Signed>;
}
