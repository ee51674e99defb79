import type { Audit } from '../../stores/audit.ts';
import { MAIN, type Repository } from '../../stores/content/repository.ts';
import type { Releases } from '../releases.ts';
import type { Status } from '../status.ts';

export interface RecordParts {
  repository: Pick<Repository, 'history'>;
  audit: Pick<Audit, 'list'>;
  releases: Pick<Releases, 'list'>;
  status: Status;
}

/** The newest time that anything in a data folder was written down with, ISO 8601: the clock cannot be before it. */
export async function newestRecord({
  repository,
  audit,
  releases,
  status,
}: RecordParts): Promise<string | undefined> {
  const [commit] = await repository.history(MAIN, '.', 1);
  const times = [
    commit?.at,
    audit.list({ limit: 1 })[0]?.at,
    releases.list()[0]?.builtAt,
    ...Object.values(status.all()).flatMap((job) => [job.lastSuccess, job.lastFailure]),
  ]
    .map((time) => Date.parse(time ?? ''))
    .filter((time) => !Number.isNaN(time));
  return times.length > 0 ? new Date(Math.max(...times)).toISOString() : undefined;
}
