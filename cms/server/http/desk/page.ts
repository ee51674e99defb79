import type { Hono } from 'hono';
import type { Role, Signed } from '../../../protocol/people.ts';

/** A page of the desk 「工作台」. */
export interface DeskPage {
  /** One word; the page is `/admin/desk/<path>/`. */
  path: string;
  /** Its name in the navigation. */
  label: string;
  /** The least role that may open it; everybody else neither sees nor reaches it. */
  least: Role;
  /** Routes below its address, `/` first; `context.get('person')` is there. */
  routes: Hono<Signed>;
}

/** What the frame of a page shows of the desk; see `openDesk`. */
export type DeskLink = Pick<DeskPage, 'path' | 'label'>;

declare module 'hono' {
  interface ContextVariableMap {
    /** Pages that this person may open. */
    deskLinks?: readonly DeskLink[];
    /** Goes into every form, see `csrfField`. */
    csrf?: string;
  }
}
