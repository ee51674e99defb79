import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryItem } from '../../../protocol/entries.ts';
import { git, gitText, gitToFile, ObjectReader } from './git.ts';
import { type Journal, openJournal, type RefUpdate } from './journal.ts';
import { fastImport, type NewCommit } from './fast-import.ts';
import { removeLeftovers, removeStaleLocks } from './locks.ts';
import { mendReferences, setAsideDamagedObjects, tellMended } from './mending.ts';
import { pack } from './packing.ts';

/**
 * The content with its history: a bare Git repository. Commits are made by `git fast-import` on a reference of their own
 * and published by one transaction of `git update-ref` that names the former values, so that a reader, a clone or a
 * restart sees all of a change or nothing of it.
 */

/** What is published. */
export const MAIN = 'refs/heads/main';

const NOTHING = '0'.repeat(40);


/** A reference does not have the value that was expected: the caller has to read the references again. */
export class RefConflict extends Error {
  override name = 'RefConflict';
}

export class Repository {
  readonly folder: string;
  readonly #reader: ObjectReader;
  readonly #journal: Journal;
  /** What was found damaged at the start and what became of it, Chinese. */
  readonly mended: string | undefined;

  private constructor(folder: string, mended: string | undefined) {
    this.folder = folder;
    this.mended = mended;
    this.#reader = new ObjectReader(folder);
    this.#journal = openJournal(folder);
  }

  /**
   * Opens the repository in a folder, made when there is none.
   *
   * @param options.afterPowerCut reads everything that was saved lately, and sets aside what is damaged
   */
  static async open(folder: string, { afterPowerCut = false } = {}): Promise<Repository> {
    mkdirSync(folder, { recursive: true });
    if (!existsSync(join(folder, 'HEAD')))
      await git(folder, ['init', '--quiet', '--bare', '--initial-branch=main']);
    removeLeftovers(folder);
    const mended = tellMended(
      folder,
      setAsideDamagedObjects(folder, afterPowerCut),
      await mendReferences(folder),
    );
    // What Git acknowledges is on the disk: https://git-scm.com/docs/git-config#Documentation/git-config.txt-corefsync
    const settings = {
      'core.fsync': 'all',
      'core.fsyncMethod': 'fsync',
      'gc.auto': '0',
      'core.logAllRefUpdates': 'true',
      // Photos are not compared with one another when packing: that takes minutes and saves nothing.
      'core.bigFileThreshold': '512k',
      'pack.threads': '1',
    };
    for (const [name, value] of Object.entries(settings)) await git(folder, ['config', name, value]);
    const repository = new Repository(folder, mended);
    await repository.#recover();
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
  async listRefs(prefix = 'refs/'): Promise<Map<string, string>> {
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

  /** Stores a file as a blob without reading it into the memory of this process; returns the blob's name. */
  addBlob(file: string): Promise<string> {
    return gitText(this.folder, ['hash-object', '-w', '--no-filters', '--', file]);
  }

  /** Name of the blob of a path in a commit; undefined when it is not there. */
  blobAt(commit: string, path: string): Promise<string | undefined> {
    return gitText(this.folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${commit}:${path}`]).catch(
      () => undefined,
    );
  }

  /** Writes a path of a commit to a file, Git itself writing it. */
  copyTo(commit: string, path: string, file: string): Promise<void> {
    return gitToFile(this.folder, ['cat-file', 'blob', `${commit}:${path}`], file);
  }

  /** Paths below a folder of a commit. */
  async listPaths(commit: string, folder = ''): Promise<string[]> {
    const args = ['ls-tree', '-r', '-z', '--name-only', commit, ...(folder ? ['--', `${folder}/`] : [])];
    return (await gitText(this.folder, args)).split('\0').filter(Boolean);
  }

  /** Paths that differ between two commits; `from` undefined stands for an empty tree. */
  async changedPaths(from: string | undefined, to: string): Promise<string[]> {
    if (!from) return this.listPaths(to);
    const args = ['diff-tree', '-r', '-z', '--no-renames', '--name-only', from, to];
    return (await gitText(this.folder, args)).split('\0').filter(Boolean);
  }

  /** Makes a commit that no reference names yet. */
  async commit(commit: NewCommit): Promise<string> {
    return (await this.commitAll([commit]))[0] as string;
  }

  /** The same for several independent commits, at little more than the cost of one. */
  async commitAll(commits: readonly NewCommit[]): Promise<string[]> {
    return (await gitText(this.folder, ['fast-import', '--quiet', '--force', '--done'], fastImport(commits))).split('\n');
  }

  /**
   * Updates references, all or none, even if the process is killed or the power fails.
   *
   * @throws {RefConflict} when one of them does not have its former value any more
   */
  async updateRefs(moves: readonly RefUpdate[]): Promise<void> {
    if (this.#journal.pending()) {
      await this.#recover();
      throw new RefConflict('刚才没有做完的一步，现在做完了');
    }
    this.#journal.begin(moves);
    try {
      await this.#transact(moves).catch((error: Error) => {
        // On a disk that could not be written, Git could not remove its own lock files either.
        if (!/File exists/.test(error.message) || removeStaleLocks(this.folder) === 0) throw error;
        return this.#transact(moves);
      });
    } catch (error) {
      const { message } = error as Error;
      // Git updates nothing before all of them are locked.
      if (/cannot lock ref/.test(message)) this.#journal.end();
      else if (await this.#recover()) return;
      throw /File exists|reference already exists|but expected|unable to resolve/.test(message)
        ? new RefConflict(message)
        : error;
    }
    this.#journal.end();
  }

  async #transact(moves: readonly RefUpdate[]): Promise<void> {
    const lines = moves.map(({ ref, from, to }) =>
      to === null ? `delete ${ref} ${from ?? NOTHING}` : `update ${ref} ${to} ${from ?? NOTHING}`,
    );
    if (lines.length === 0) return;
    const input = ['start', ...lines, 'prepare', 'commit', ''].join('\n');
    await git(this.folder, ['update-ref', '--stdin', '--create-reflog'], input);
  }

  /**
   * Finishes updates of which it is not known how far they came: if one was made, the others are made too. Git deletes
   * references last, so when none was made, nothing was done.
   *
   * @returns whether they were made
   */
  async #recover(): Promise<boolean> {
    const moves = this.#journal.pending();
    if (!moves) return false;
    const now = await this.listRefs();
    const isDone = ({ ref, to }: RefUpdate) => (now.get(ref) ?? null) === to;
    const rest = moves.filter((move) => !isDone(move));
    // References that a push has changed since stay as they are.
    if (rest.length < moves.length)
      await this.#transact(rest.filter(({ ref, from }) => (now.get(ref) ?? null) === from));
    this.#journal.end();
    return rest.length < moves.length;
  }

  /** Commits of main that changed a path as the site shows it, newest first. */
  publishedHistory(main: string, path: string, limit = 100): Promise<HistoryItem[]> {
    return this.history(main, path, limit, ['--first-parent']);
  }

  /** Commits that changed a path, newest first. */
  async history(
    tip: string,
    path: string,
    limit = 100,
    which: readonly string[] = ['--show-pulls'],
  ): Promise<HistoryItem[]> {
    const format = '--format=%H%x00%cI%x00%cn%x00%ce%x00%s%x00';
    const args = [
      'log',
      ...which,
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

  /** The newest commit that two others both go back to. */
  async commonAncestor(one: string, other: string): Promise<string | undefined> {
    return gitText(this.folder, ['merge-base', one, other]).catch(() => undefined);
  }

  /** Paths below a folder of a commit whose text holds a string. */
  async grepPaths(commit: string, text: string, folder: string): Promise<string[]> {
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

  /** Packs loose objects, see `pack`. */
  pack(signal?: AbortSignal): Promise<void> {
    return pack(this.folder, signal);
  }

  /** What `git fsck` finds, empty when the repository is intact. */
  async fsck(): Promise<string> {
    return gitText(this.folder, ['fsck', '--full', '--strict', '--no-dangling', '--no-progress']).catch(
      (error: Error) => error.message,
    );
  }
}
