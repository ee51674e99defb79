import type { Accounts } from '../../services/accounts/index.ts';
import type { Audit } from '../../stores/audit.ts';

/** What the routes of accounts are made from. */
export interface AccountParts {
  accounts: Accounts;
  audit: Audit;
}
