import type { Previews } from '../../build/previews/previews.ts';
import type { Newsroom } from '../../services/newsroom/index.ts';
import type { UploadQuota } from '../../services/upload-quota.ts';
import type { Presence } from '../../services/presence/index.ts';
import type { ReleaseStatus } from '../../services/releases.ts';
import type { WorkingCopies } from '../../services/working-copies/index.ts';
import type { Audit } from '../../stores/audit.ts';

/** What the routes of the editing API are made from. */
export interface ApiOptions {
  newsroom: Newsroom;
  audit: Audit;
  /** Folder in which files are received. */
  incoming: string;
  /** How much may be uploaded; absent where there is no limit. */
  uploadQuota?: Pick<UploadQuota, 'refuse' | 'record'> | undefined;
  workingCopies: WorkingCopies;
  presence: Presence;
  status: () => ReleaseStatus;
  /** Draws the page of an entry that is being written; absent where this server does not build the site. */
  previews?: Pick<Previews, 'draw' | 'warm'> | undefined;
}
