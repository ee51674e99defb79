import type { Newsroom } from '../../services/newsroom/index.ts';

/** An entry as the audit log names it, `「标题」（path）`; the path itself for lists and settings. */
export const subjectOf = (newsroom: Pick<Newsroom, 'titleOf'>, path: string): string =>
  path.startsWith('content/data/') ? path : `${newsroom.titleOf(path)}（${path}）`;
