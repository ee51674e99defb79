import type { Recorded, Stage } from '../../../protocol/review.ts';
import type { Name } from '../../../protocol/roles.ts';

/** What happened to an entry, for those who tell people of it. */
export interface ReviewEvent {
  path: string;
  /** Its path until then, of a change of address. */
  formerly?: string | undefined;
  /** What it is, without a word of it: 「文章」. */
  kind: string;
  action: Recorded;
  /** Who did it; the server itself for what was due by the clock. */
  by: Name;
  /** Where it stands now. */
  stage: Stage;
  /** The people who wrote it. */
  authors: readonly Name[];
  /** The people who can take the step that it waits for now. */
  waitsFor: readonly Name[];
}
