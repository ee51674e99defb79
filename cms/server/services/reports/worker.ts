import { constants, setPriority } from 'node:os';
import type { Problem } from '../../../../src/model/problems.ts';
import { foldersOfEnvironment, openContent } from '../../../../src/store/index.ts';
import { endWithParent } from '../../process/parent.ts';
import { type DraftOptions, type MadeDraft, makeDraft, OutlineRefusal } from './drafting.ts';

/** Makes one draft of the published content in a process of its own: on a large site it takes seconds. */

export type Order = Pick<DraftOptions, 'year' | 'on' | 'before'>;

export type Answer =
  | { step: number }
  | { made: MadeDraft }
  /** The outline is wrong. */
  | { problems: readonly Problem[] };

setPriority(constants.priority.PRIORITY_LOW);
const leave = endWithParent();
const answer = (one: Answer) => new Promise((resolve) => process.send?.(one, resolve));

process.once('message', async (order: Order) => {
  try {
    const content = openContent(foldersOfEnvironment());
    const made = await makeDraft({ ...order, content, onStep: (step) => void answer({ step }) });
    await answer({ made });
  } catch (error) {
    if (!(error instanceof OutlineRefusal)) throw error;
    await answer({ problems: error.problems });
  }
  leave();
});
