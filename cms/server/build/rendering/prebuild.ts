import { existsSync, renameSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shareBase } from '../../../../src/search/indexing/recent.ts';
import { COMPRESSED_EXTENSIONS, removeWithForms } from '../files/compression.ts';
import { shareFile } from '../files/linking.ts';
import { filesOf, readPages } from './pages.ts';

/**
 * A site prepared before its build is ordered: it holds what stays when nothing changes, the pages of the live site and the base of
 * the search index. Linking them takes longer than everything else that a publish of one edit does.
 */
export interface Prebuild {
  /** Folder of the live site that it was made from; undefined when everything is to be made. */
  previous: string | undefined;
  folder: string;
  /** The pages that it holds, as paths of their files. */
  pages: Set<string>;
  /** See `shareBase`. */
  searchBase: string | undefined;
}

/** A site that takes nothing from an earlier one. */
export function emptySite(folder: string): Prebuild {
  return { previous: undefined, folder, pages: new Set(), searchBase: undefined };
}

/** Prepares a site in a folder that is empty or not there. */
export function prebuildSite(previous: string, folder: string): Prebuild {
  const known = readPages(previous);
  const pages = new Set(
    known && filesOf(known).filter((file) => shareWithForms(join(previous, file), join(folder, file))),
  );
  return { previous, folder, pages, searchBase: shareBase(folder, shareFile) };
}

/** Moves a prepared site into an empty folder; only possible on the same disk. */
export function adoptPrebuild(prebuild: Prebuild, folder: string): Prebuild | undefined {
  rmdirSync(folder);
  try {
    renameSync(prebuild.folder, folder);
  } catch {
    return undefined;
  }
  return { ...prebuild, folder };
}

/** @returns whether there was such a file */
function shareWithForms(from: string, to: string): boolean {
  if (!tryToShare(from, to)) return false;
  for (const extension of COMPRESSED_EXTENSIONS) tryToShare(`${from}${extension}`, `${to}${extension}`);
  return true;
}

function tryToShare(from: string, to: string): boolean {
  if (!existsSync(from)) return false;
  shareFile(from, to);
  return true;
}

/** Removes a page, and the folders that are empty without it. */
export function removePage(site: string, file: string): void {
  removeWithForms(join(site, file));
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder))
    try {
      rmdirSync(join(site, folder));
    } catch {
      return;
    }
}
