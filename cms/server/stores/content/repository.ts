import { existsSync, globSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryItem } from '../../../protocol/entries.ts';
import type { Person } from '../../../protocol/roles.ts';
import { git, gitText, ObjectReader } from './git.ts';
import { type Journal, type Move, openJournal } from './journal.ts';

/**
 * The content with its history: a bare Git repository without a work tree. Commits are made by `git fast-import` on a
 * reference of their own and put in place by one transaction that names the former values, so that a reader, a clone or
 * a restart sees all of a change or nothing of it.
 */

/** What is published. */
export const MAIN = 'refs/heads/main';

/** Where a commit stands between being made and being put in place. */
const NEW = 'refs/portal/new';

const NOTHING = '0'.repeat(40);

/** A lock that has lain so long is nobody's any more. */
const STALE_LOCK_MS = 5_000;

/** Who did something, as Git records it. */
export type Author = Pick<Person, 'name' | 'login'>;

/** New content of files by path; null removes the file. */
export type Changes = ReadonlyMap<string, string | Buffer | null>;

export interface NewCommit {
  by: Author;
  message: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Commit that is changed; undefined begins a history. */
  from: string | undefined;
  /** A second parent. */
  merge?: string | undefined;
  changes: Changes;
}

export type { Move };

/** A reference is not where it was thought to be: the caller looks again before anything else. */
export class MovedError extends Error {
  override name = 'MovedError';
}

export class Repository {
  readonly folder: string;
  readonly #reader: ObjectReader;
  readonly #journal: Journal;

  private constructor(folder: string) {
    this.folder = folder;
    this.#reader = new ObjectReader(folder);
    this.#journal = openJournal(folder);
  }

  /** Opens the repository in a folder, made when there is none. */
  static async open(folder: string): Promise<Repository> {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(join(folder, 'HEAD')))
      await git(folder, ['init', '--quiet', '--bare', '--initial-branch=main']);
    sweep(folder);
    // What Git acknowledges is on the disk: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsync
    const settings = {
      'core.fsync': 'all',
      'core.fsyncMethod': 'fsync',
      'gc.auto': '0',
      'core.logAllRefUpdates': 'true',
      // Photos are packed as they are: looking for likenesses between them takes minutes and finds none.
      'core.bigFileThreshold': '512k',
      'pack.threads': '1',
    };
    for (const [name, value] of Object.entries(settings)) await git(folder, ['config', name, value]);
    const repository = new Repository(folder);
    await repository.#endBegun();
    return repository;
  }

  close(): void {
    this.#reader.close();
  }

  /** Commit that a reference or another name stands for; undefined when there is none. */
  async resolve(name: string): Promise<string | undefined> {
    return gitText(this.folder, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${name}^{commit}`,
    ]).catch(() => undefined);
  }

  /** References below a prefix and their commits. */
  async references(prefix = 'refs/'): Promise<Map<string, string>> {
    const lines = await gitText(this.folder, ['for-each-ref', '--format=%(objectname) %(refname)', prefix]);
    return new Map(
      lines
        .split('\n')
        .filter(Boolean)
        .map((line) => [line.slice(41), line.slice(0, 40)]),
    );
  }

  /** A file's bytes in a commit; undefined when it is not there. */
  read(commit: string, path: string): Promise<Buffer | undefined> {
    return this.#reader.read(`${commit}:${path}`);
  }

  /** A file's text in a commit. */
  async readText(commit: string, path: string): Promise<string | undefined> {
    return (await this.read(commit, path))?.toString();
  }

  /** Paths below a folder of a commit. */
  async list(commit: string, folder = ''): Promise<string[]> {
    const args = ['ls-tree', '-r', '-z', '--name-only', commit, ...(folder ? ['--', `${folder}/`] : [])];
    return (await gitText(this.folder, args)).split('\0').filter(Boolean);
  }

  /** Paths that differ between two commits; `from` undefined stands for nothing at all. */
  async changed(from: string | undefined, to: string): Promise<string[]> {
    if (!from) return this.list(to);
    const args = ['diff-tree', '-r', '-z', '--no-renames', '--name-only', from, to];
    return (await gitText(this.folder, args)).split('\0').filter(Boolean);
  }

  /** Makes a commit that no reference names yet. */
  async commit(commit: NewCommit): Promise<string> {
    return (await this.commitAll([commit]))[0] as string;
  }

  /** The same for several independent ones, at little more than the cost of one. */
  async commitAll(commits: readonly NewCommit[]): Promise<string[]> {
    const parts = commits.flatMap(commandsOf);
    const marks = commits.map((_, index) => `get-mark :${index + 1}\n`);
    const input = Buffer.concat([...parts, ...marks, 'done\n'].map((part) => Buffer.from(part as Buffer)));
    return (await gitText(this.folder, ['fast-import', '--quiet', '--force', '--done'], input)).split('\n');
  }

  /**
   * Moves references, all or none, whatever ends the process or the machine.
   *
   * @throws {MovedError} when one of them is no longer where it was
   */
  async move(moves: readonly Move[]): Promise<void> {
    if (this.#journal.pending()) {
      await this.#endBegun();
      throw new MovedError('刚才没有做完的一步，现在做完了');
    }
    this.#journal.begin(moves);
    try {
      await this.#transact(moves).catch((error: Error) => {
        // Where nobody could write, Git could not take its own locks away either.
        if (!/File exists/.test(error.message) || sweepLocks(this.folder) === 0) throw error;
        return this.#transact(moves);
      });
    } catch (error) {
      const { message } = error as Error;
      // Before all of them are locked, nothing is done.
      if (/cannot lock ref/.test(message)) this.#journal.end();
      else if (await this.#endBegun()) return;
      throw /File exists|reference already exists|but expected|unable to resolve/.test(message)
        ? new MovedError(message)
        : error;
    }
    this.#journal.end();
  }

  async #transact(moves: readonly Move[]): Promise<void> {
    const lines = moves.map(({ ref, from, to }) =>
      to === null ? `delete ${ref} ${from ?? NOTHING}` : `update ${ref} ${to} ${from ?? NOTHING}`,
    );
    if (lines.length === 0) return;
    const input = ['start', ...lines, 'prepare', 'commit', ''].join('\n');
    await git(this.folder, ['update-ref', '--stdin', '--create-reflog'], input);
  }

  /**
   * Ends moves of which it is not known how far they came: when one is in place, so shall be the others. Git moves first
   * what is to be somewhere and takes away last, so none in place means that nothing was done.
   *
   * @returns whether they are in place
   */
  async #endBegun(): Promise<boolean> {
    const moves = this.#journal.pending();
    if (!moves) return false;
    const now = await this.references();
    const isDone = ({ ref, to }: Move) => (now.get(ref) ?? null) === to;
    const rest = moves.filter((move) => !isDone(move));
    // What somebody else has moved since is theirs.
    if (rest.length < moves.length)
      await this.#transact(rest.filter(({ ref, from }) => (now.get(ref) ?? null) === from));
    this.#journal.end();
    return rest.length < moves.length;
  }

  /** Commits that changed a path, newest first. */
  async history(tip: string, path: string, limit = 100): Promise<HistoryItem[]> {
    const format = '--format=%H%x00%cI%x00%cn%x00%ce%x00%s%x00';
    const args = [
      'log',
      '--show-pulls',
      `--max-count=${limit}`,
      '-z',
      format,
      '--end-of-options',
      tip,
      '--',
      path,
    ];
    const fields = (await gitText(this.folder, args)).split('\0');
    const items: HistoryItem[] = [];
    for (let index = 0; index + 5 < fields.length; index += 6) {
      const [commit = '', at = '', name = '', mail = '', message = ''] = fields.slice(index, index + 5);
      items.push({ commit, at, name, login: mail.replace(/@.*/, ''), message });
    }
    return items;
  }

  /** Paths below a folder of a commit whose text holds a string. */
  async pathsHolding(commit: string, text: string, folder: string): Promise<string[]> {
    // Exit code 1 says that there is none.
    const found = await gitText(this.folder, [
      'grep',
      '-z',
      '--name-only',
      '-F',
      '-e',
      text,
      commit,
      '--',
      folder,
    ]).catch(() => '');
    return found
      .split('\0')
      .filter(Boolean)
      .map((line) => line.slice(commit.length + 1));
  }

  /** Packs what has gathered; objects that nothing names are kept for two weeks. */
  async pack(): Promise<void> {
    await git(this.folder, ['gc', '--quiet', '--prune=2.weeks.ago']);
  }

  /** Every fault of the repository, empty when it is sound. */
  async faults(): Promise<string> {
    return gitText(this.folder, ['fsck', '--full', '--strict', '--no-dangling', '--no-progress']).catch(
      (error: Error) => error.message,
    );
  }
}

const LOCKS = '{*.lock,refs/**/*.lock}';

/** Removes what a killed Git left; nothing else works on this repository while the server holds its lock. */
function sweep(folder: string): void {
  for (const pattern of [LOCKS, '{fast_import_crash_*,objects/**/tmp_*}'])
    for (const left of globSync(pattern, { cwd: folder }))
      rmSync(join(folder, left), { recursive: true, force: true });
}

/** Removes locks that nobody holds any more; a push of somebody else holds its own for a moment. Says how many. */
function sweepLocks(folder: string): number {
  const stale = globSync(LOCKS, { cwd: folder })
    .map((left) => join(folder, left))
    .filter((path) => Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) > STALE_LOCK_MS);
  for (const path of stale) rmSync(path, { force: true });
  return stale.length;
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
  if (merge) parts.push(`merge ${merge}\n`);
  for (const [path, content] of changes) {
    const quoted = `"${path.replace(/["\\]/g, '\\$&')}"`;
    if (content === null) parts.push(`D ${quoted}\n`);
    else parts.push(`M 100644 inline ${quoted}\n`, ...data(content));
  }
  return parts;
}

/** A `data` command: https://git-scm.com/docs/git-fast-import#_data */
function data(content: string | Buffer): [string, Buffer, string] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return [`data ${bytes.length}\n`, bytes, '\n'];
}
