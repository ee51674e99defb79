import type { Person } from '../../../protocol/roles.ts';

/** Commits as `git fast-import` reads them: https://git-scm.com/docs/git-fast-import */

/** Author of a commit. */
export type Author = Pick<Person, 'name' | 'login'>;

/** A blob that the repository has already, see `Repository.addBlob`. */
export interface StoredBlob {
  blob: string;
}

/** New content of files by path; null removes the file. */
export type Changes = ReadonlyMap<string, string | Buffer | StoredBlob | null>;

export interface NewCommit {
  by: Author;
  message: string;
  /** Milliseconds since 1970. */
  at: number;
  /** First parent; undefined for the first commit of a history. */
  from: string | undefined;
  /** Further parents: one, or those of several drafts that are published together. */
  merge?: string | readonly string[] | undefined;
  changes: Changes;
}

/** Reference of commits that no other reference names yet. */
const NEW = 'refs/portal/new';

/** The input of `git fast-import --done` that makes commits and prints their names, in the same order. */
export function fastImport(commits: readonly NewCommit[]): Buffer {
  const marks = commits.map((_, index) => `get-mark :${index + 1}\n`);
  const parts = [...commits.flatMap(commandsOf), ...marks, 'done\n'];
  return Buffer.concat(parts.map((part) => Buffer.from(part as Buffer)));
}

/** The commands of a commit: https://git-scm.com/docs/git-fast-import#_commit */
function commandsOf(
  { by, message, at, from, merge, changes }: NewCommit,
  index: number,
): (string | Buffer)[] {
  // Angle brackets and line feeds end a name.
  const plain = (text: string) => text.replace(/[<>\r\n\0]/g, ' ').trim() || '无名';
  const who = `${plain(by.name)} <${plain(by.login)}@portal.invalid> ${Math.floor(at / 1000)} +0800`;
  const parts: (string | Buffer)[] = [
    // Without `from` a commit would follow the one before it.
    ...(from ? [] : [`reset ${NEW}\n`]),
    `commit ${NEW}\nmark :${index + 1}\nauthor ${who}\ncommitter ${who}\n`,
    ...data(message),
  ];
  if (from) parts.push(`from ${from}\n`);
  for (const parent of [merge ?? []].flat()) parts.push(`merge ${parent}\n`);
  for (const [path, content] of changes) {
    const quoted = `"${path.replace(/["\\]/g, '\\$&')}"`;
    if (content === null) parts.push(`D ${quoted}\n`);
    else if (typeof content === 'object' && 'blob' in content)
      parts.push(`M 100644 ${content.blob} ${quoted}\n`);
    else parts.push(`M 100644 inline ${quoted}\n`, ...data(content));
  }
  return parts;
}

/** A `data` command: https://git-scm.com/docs/git-fast-import#_data */
function data(content: string | Buffer): [string, Buffer, string] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return [`data ${bytes.length}\n`, bytes, '\n'];
}
