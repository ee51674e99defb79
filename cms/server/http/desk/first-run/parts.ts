import type { Previews } from '../../../build/previews/previews.ts';
import type { FirstRun } from '../../../services/first-run/index.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { SettingsStore } from '../../../stores/settings/index.ts';

/** What the steps of the assistant work with. */
export interface FirstRunParts {
  run: FirstRun;
  settings: SettingsStore;
  audit: Pick<Audit, 'write'>;
  previews?: Pick<Previews, 'draw'> | undefined;
}
