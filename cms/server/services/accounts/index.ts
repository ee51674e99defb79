import type { DatabaseSync } from 'node:sqlite';
import type { Person } from '../../../protocol/roles.ts';
import type { Audit } from '../../stores/audit.ts';
import { openAuth } from './auth.ts';
import { createGuard } from './guard.ts';
import { createHashing } from './hashing.ts';
import { oneTimeCodes } from './one-time-codes.ts';
import { readSecret } from './secret.ts';
import { knownDevices } from './devices.ts';
import { endedSessions } from './ended.ts';
import {
  csrfOf,
  DEFAULT_RULES,
  firstPageOf,
  needsTwoStep,
  type Session,
  sessionReader,
  type SessionRules,
} from './sessions.ts';
import { setupToken } from './setup.ts';
import { signIn } from './sign-in.ts';
import { type Account, accountStore } from './store.ts';

/** Accounts of the office: who may sign in, and with which role. */

export interface AccountsOptions {
  database: DatabaseSync;
  audit: Audit;
  /** Base path of the site, `/` or `/base/`: cookies are sent only below it. */
  base: string;
  /** File of the server's secret, made when there is none. It signs the sessions. */
  secretFile: string;
  /** What the administrator decided about sessions, asked each time. */
  rules?: () => SessionRules;
}

export type Accounts = Awaited<ReturnType<typeof openAccounts>>;

/** Opens the accounts; missing tables are created. */
export async function openAccounts({
  database,
  audit,
  base,
  secretFile,
  rules = () => DEFAULT_RULES,
}: AccountsOptions) {
  const secret = readSecret(secretFile);
  const hashing = createHashing();
  const auth = await openAuth({ database, base, secret, hashing });
  const ended = endedSessions(database);
  const store = accountStore(database, auth, ended);
  const devices = knownDevices(secret, base);
  const sessionOf = sessionReader(auth, ended, rules);
  const guard = createGuard(database);
  const setup = setupToken(database);
  return {
    auth,
    store,
    guard,
    setup,
    signIn: signIn({
      ...{ auth, store, guard, hashing, audit, devices, sessionOf },
      markCodeUsed: oneTimeCodes(database),
    }),
    /** Session of a `Cookie` header. */
    sessionOf,
    /** Why that session is over, a Chinese sentence; undefined when the header names none. */
    whyEnded: ended.why,
    /** The page below the site's root that an account must see before anything else. */
    firstPageOf: (account: Pick<Account, 'role' | 'mustChange' | 'twoFactor'>) =>
      firstPageOf(account, rules()),
    /** Whether a person's role needs two-step login. */
    needsTwoStep: (person: Person) => needsTwoStep(person, rules()),
    csrfOf: (session: Session) => csrfOf(secret, session),
    /** The one-time link of a first start, below the site's root; undefined once there is an account. Voids older links. */
    setupPath: () => (store.isEmpty() ? `admin/setup/?token=${setup.make()}` : undefined),
    /** The people with an account, closed ones too. */
    people: (): Person[] => store.list().map(({ id, name, login, role }) => ({ id, name, login, role })),
  };
}
