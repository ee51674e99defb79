import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileAtomic } from '../../../src/runtime/write-atomically.ts';

/**
 * Drafts of the yearly report, `<year>/<id>/`: `draft.json` and its files. A draft is written under another name and
 * renamed when it is whole; it is never changed afterwards.
 */

export interface DraftInfo {
  /** Time and a counter, `20261123-220514-001`: drafts sort by it. */
  id: string;
  year: number;
  /** ISO 8601. */
  at: string;
  by: { login: string; name: string };
  /** Names of its files. */
  files: string[];
}

export interface KeptDraft<Made> extends DraftInfo {
  /** What it was made to, apart from its files. */
  made: Made;
}

export interface ReportDrafts<Made> {
  /** Newest first. */
  list: () => DraftInfo[];
  /** Undefined when there is none of that id. */
  read: (id: string) => KeptDraft<Made> | undefined;
  /** The bytes of one of its files. */
  file: (id: string, name: string) => Buffer | undefined;
  keep: (draft: {
    year: number;
    at: Date;
    by: DraftInfo['by'];
    made: Made;
    files: readonly { name: string; bytes: Uint8Array }[];
  }) => DraftInfo;
  remove: (id: string) => boolean;
}

const YEAR = /^\d{4}$/;
const ID = /^\d{8}-\d{6}-\d{3}$/;
/** At the end of the name of a draft that is being written. */
export const UNFINISHED_DRAFT = '.part';

export function openReportDrafts<Made>(folder: string): ReportDrafts<Made> {
  const foldersIn = (path: string, pattern: RegExp) =>
    existsSync(path) ? readdirSync(path).filter((name) => pattern.test(name)) : [];
  const places = () =>
    foldersIn(folder, YEAR).flatMap((year) =>
      foldersIn(join(folder, year), ID).map((id) => ({ id, path: join(folder, year, id) })),
    );
  const find = (id: string) => (ID.test(id) ? places().find((place) => place.id === id)?.path : undefined);
  const readDraft = (path: string): KeptDraft<Made> | undefined => {
    try {
      return JSON.parse(readFileSync(join(path, 'draft.json'), 'utf8')) as KeptDraft<Made>;
    } catch (error) {
      console.warn(`工作汇报的草稿「${path}」读不出来，列表里没有它：`, (error as Error).message);
      return undefined;
    }
  };
  const infoOf = ({ id, year, at, by, files }: DraftInfo): DraftInfo => ({ id, year, at, by, files });

  return {
    list: () =>
      places()
        .sort((a, b) => (a.id < b.id ? 1 : -1))
        .flatMap(({ path }) => readDraft(path) ?? [])
        .map(infoOf),
    read(id) {
      const path = find(id);
      return path === undefined ? undefined : readDraft(path);
    },
    file(id, name) {
      const path = find(id);
      const known = path === undefined ? undefined : readDraft(path)?.files.includes(name);
      return known ? readFileSync(join(path as string, name)) : undefined;
    },
    keep({ year, at, by, made, files }) {
      const stamp = at.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
      const taken = places().filter(({ id }) => id.startsWith(stamp)).length;
      const id = `${stamp}-${String(taken + 1).padStart(3, '0')}`;
      const path = join(folder, String(year), id);
      const info: DraftInfo = { id, year, at: at.toISOString(), by, files: files.map(({ name }) => name) };
      rmSync(path + UNFINISHED_DRAFT, { recursive: true, force: true });
      mkdirSync(path + UNFINISHED_DRAFT, { recursive: true });
      for (const { name, bytes } of files) writeFileAtomic(join(path + UNFINISHED_DRAFT, name), bytes);
      writeFileAtomic(join(path + UNFINISHED_DRAFT, 'draft.json'), JSON.stringify({ ...info, made }));
      renameSync(path + UNFINISHED_DRAFT, path);
      return info;
    },
    remove(id) {
      const path = find(id);
      if (path !== undefined) rmSync(path, { recursive: true, force: true });
      return path !== undefined;
    },
  };
}
