import { type PictureProgress, sayProgress } from '../../../src/pictures/progress.ts';

/** What a build of the site is asked for, tells while it runs, and answers. */

/** What a build may tell while it runs. */
export interface BuildStep {
  /** Chinese, for the editor: 「正在更新页面」. */
  step: string;
  /** 0 to 1. */
  progress?: number;
}

/** The step of a build that encodes new pictures. */
export const stepOf = (progress: PictureProgress): BuildStep => ({
  step: sayProgress(progress),
  progress: progress.done / progress.total,
});

export interface BuildContext {
  commit: string;
  /** Whether every page has to be made, and none shared with the site before, which may be damaged. */
  isWhole: boolean;
  tell: (step: BuildStep) => void;
}

/** What a build may know of the site that it made. */
export interface Built {
  /** HTML pages. */
  pages: number;
  /** Whether every file that is the same as in the previous site is a link to that one already, compressed forms too. */
  isShared: boolean;
}

/**
 * Builds the whole site into `folder`, which is empty; `previousFolder` is the live site, to take unchanged files from
 * (`linking.ts`). Rejects with a message in Chinese for the editor.
 */
export type Build = (
  folder: string,
  previousFolder: string | undefined,
  context: BuildContext,
) => Promise<Built | undefined>;
