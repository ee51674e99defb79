import { z } from 'zod';
import { person } from './roles.ts';

/** Signing in from the editor, and what the editor is told of the session. */

/** Header of every call, with the value `1`: forms on other sites cannot send it (CSRF). */
export const CALL_HEADER = 'X-Portal';

/** A value that is not text counts as empty: it is answered like a wrong password. */
const typed = z.string().catch('');

/** `POST /api/login` */
export const credentials = z.object({ login: typed, password: typed }).catch({ login: '', password: '' });

/** `POST /api/login/code`: six digits of the authenticator, or a recovery code. */
export const secondStep = z.object({ code: typed }).catch({ code: '' });

/** Answer to both. */
export const signInAnswer = z.object({
  user: person.optional(),
  /** The password was right, and the code of the second step is wanted. */
  code: z.boolean().optional(),
  /** Page below the site's root that must come first, e.g. to choose another password. */
  to: z.string().optional(),
  /** Why it was refused, a Chinese sentence. */
  message: z.string().optional(),
});
export type SignInAnswer = z.output<typeof signInAnswer>;

/** `GET /api/session` */
export const session = z.object({
  user: person,
  site: z.object({ name: z.string(), themeColor: z.string() }),
  /** When the live site was built, ISO 8601, while it is an older one that was made live again. */
  oldRelease: z.string().optional(),
});
export type Session = z.output<typeof session>;
