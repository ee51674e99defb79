import type { Name } from '../../../protocol/roles.ts';
import { discardedRef } from './discarded.ts';
import type { Texts } from './texts.ts';

/** Replaces everything that is published, as a new county does with the content that came with the program. */

export interface Replacement {
  /** Text of each file by its path in the repository. */
  files: ReadonlyMap<string, string>;
  /** Paths of uploads that stay. */
  uploads: ReadonlySet<string>;
}

/**
 * What is not among the files is taken off the site, uploads and review records too; drafts go to the recycle bin. All of
 * it stays in the history of the repository.
 */
export async function replaceContent(
  texts: Texts,
  person: Name,
  message: string,
  { files, uploads }: Replacement,
): Promise<void> {
  const present = await texts.repository.listPaths(texts.main);
  const gone = present.filter((path) => !files.has(path) && !uploads.has(path));
  const changes = new Map<string, string | null>([...files, ...gone.map((path) => [path, null] as const)]);
  const drafts = [...texts.drafts.values()];
  const at = texts.now();
  await texts.commitToMain(person, message, changes, {
    drafts,
    discards: drafts.map(({ path, commit }) => ({
      ref: discardedRef(path, at, person.login),
      from: null,
      to: commit,
    })),
  });
  for (const path of texts.expiry.keys()) texts.setExpiry(path, undefined);
}
