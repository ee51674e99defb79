import type { DatabaseSync } from 'node:sqlite';
import type { z } from 'zod';
import type { Person } from '../../../protocol/roles.ts';
import {
  KEEP_WORKING_COPY_DAYS,
  type KeptWorkingCopy,
  type ListedWorkingCopy,
  type putWorkingCopy,
  type WorkingCopy,
} from '../../../protocol/working-copies.ts';
import { type KeptCopy, openWorkingCopyStore } from '../../stores/working-copies.ts';
import type { Newsroom } from '../newsroom/index.ts';
import { Refused } from '../refused.ts';
import { writeLimit } from './write-limit.ts';

/** Working copies: what each person has typed and not saved, for that person alone. See `cms/protocol/working-copies.ts`. */

const DAY_MS = 86_400_000;
/** Copies and bytes of one person: a browser that goes wrong must not fill the disk. */
const MAX_COPIES = 50;
const MAX_BYTES = 20 * 1024 * 1024;

export interface WorkingCopiesOptions {
  database: DatabaseSync;
  newsroom: Pick<Newsroom, 'read'>;
  /** Whether there is such a content type, or `data`. */
  isFolder: (folder: string) => boolean;
  now?: () => Date;
}

export type WorkingCopies = ReturnType<typeof openWorkingCopies>;

export function openWorkingCopies({
  database,
  newsroom,
  isFolder,
  now = () => new Date(),
}: WorkingCopiesOptions) {
  const store = openWorkingCopyStore(database);
  const limit = writeLimit(now);

  const readSaved = (path: string) => {
    try {
      return newsroom.read(path);
    } catch {
      // No longer a path that can be edited: the text is offered all the same.
      return undefined;
    }
  };
  /** The copy with what has become of its entry since. */
  const described = ({ path, ...copy }: Omit<KeptCopy, 'text'>): ListedWorkingCopy => {
    const current = path ? readSaved(path) : undefined;
    const { name, at } = current ?? {};
    const isNewer = current !== undefined && current.version !== copy.version;
    const isGone = path !== '' && copy.version !== null && current === undefined;
    return {
      id: copy.id,
      folder: copy.folder,
      title: copy.title,
      at: copy.at,
      machine: copy.machine,
      version: copy.version,
      // An entry that was given another address is found under that; one that is gone can only be written again.
      ...(path && !isGone ? { path: current?.path ?? path } : {}),
      ...(isNewer ? { newer: { ...(name ? { name } : {}), ...(at ? { at } : {}) } } : {}),
      isGone,
    };
  };
  const list = ({ id }: Person): ListedWorkingCopy[] => store.list(id).map(described);

  return {
    /**
     * Keeps what a person has typed.
     *
     * @param machine the browser that it comes from, Chinese
     * @throws {Refused} when it is about nothing that can be edited, comes too often, or there is too much of it
     */
    put(person: Person, copy: z.output<typeof putWorkingCopy>, machine: string): KeptWorkingCopy {
      const { id, folder, path = '', title, text, slug, version, replaces } = copy;
      if (!limit(person.id)) throw new Refused(429, '自动保存太频繁了，过一会儿会再试');
      if (!isFolder(folder) || (path !== '' && !path.startsWith(`content/${folder}/`)))
        throw new Refused(400, '没有这一类内容');
      // Refuses a path that nobody may edit.
      if (path !== '') newsroom.read(path);
      const used = store.used(person.id, id);
      if (used.count >= MAX_COPIES)
        throw new Refused(
          413,
          `你有 ${used.count} 份没有保存的稿子，放不下更多了。请到「待办」里把它们保存或丢弃几份`,
        );
      if (used.bytes + Buffer.byteLength(text) > MAX_BYTES)
        throw new Refused(413, '你没有保存的稿子太大了，放不下更多。请到「待办」里把它们保存或丢弃几份');
      const at = now().toISOString();
      store.put(person.id, { id, folder, path, title, text, slug, version, at, machine });
      if (replaces && replaces.id !== id) store.remove(person.id, replaces.id, replaces.at);
      return { at };
    },
    /** All copies of a person, newest first. */
    list,
    /** Those of one entry; without a path, those of entries of a type that were never saved. */
    of: (person: Person, folder: string, path: string | undefined): ListedWorkingCopy[] =>
      list(person).filter((copy) => copy.folder === folder && copy.path === path),
    /** A whole copy; undefined when this person has none of that id. */
    read(person: Person, id: string): WorkingCopy | undefined {
      const copy = store.find(person.id, id);
      return copy && { ...described(copy), text: copy.text, slug: copy.slug };
    },
    /** Forgets a copy: it was saved, or the person does not want it. */
    remove({ id: person }: Person, id: string): void {
      store.remove(person, id);
    },
    /** Deletes what was not touched for so long, to be called every day; returns how many there were. */
    purge: (): number =>
      store.purge(new Date(now().getTime() - KEEP_WORKING_COPY_DAYS * DAY_MS).toISOString()),
  };
}
