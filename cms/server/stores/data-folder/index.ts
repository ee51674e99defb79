import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { claimFormat } from './format.ts';
import { lockFolder } from './lock.ts';

/** `DATA_DIR`, default `.portal`: everything that the publishing server keeps, apart from the program. */
export const dataDir = resolve(process.env.DATA_DIR || '.portal');

/** What is in a data folder. */
export const dataFiles = (data: string) => ({
  /** Bare repository: the content with its history. */
  repository: join(data, 'content.git'),
  /** The published content written out as files; can be made again from the repository. */
  content: join(data, 'content'),
  /** SQLite: accounts, audit log, visit requests. */
  database: join(data, 'portal.db'),
  /** Key that signs sessions. */
  secret: join(data, 'secret'),
  /** Key that encrypts visit requests. */
  requestsKey: join(data, 'requests.key'),
  /** Settings of this server. */
  settings: join(data, 'server.json'),
  /** The built sites. */
  releases: join(data, 'releases'),
  /** State of the copy on a Git host, and what it takes to push there; only the server's own user may read the latter. */
  gitHost: join(data, 'git-host.json'),
  gitToken: join(data, 'git-token'),
  gitKey: join(data, 'git-key'),
  gitKnownHosts: join(data, 'git-known-hosts'),
  /** What the checks of links to other sites remember. */
  outsideLinks: join(data, 'outside-links.json'),
  /** Drafts of the yearly work report. */
  reports: join(data, 'reports'),
  /** The bundled editor, as `admin/` in it. */
  editor: join(data, 'editor'),
  /** The code and content that builds work with, and their caches. */
  build: join(data, 'build'),
  /** The format that the folder is written in, see `format.ts`. */
  format: join(data, 'format'),
  /** There while a server has the folder, see `openDataFolder`. */
  running: join(data, 'running'),
});

export interface DataFolder {
  /** Whether the server before was killed or lost its power: pages that it had just written may be empty on the disk. */
  wasKilled: boolean;
  /** Gives the folder free after everything in it was closed in order. */
  release: () => void;
  /** Gives the folder free after a start that failed; what `wasKilled` said holds for the next start too. */
  abandon: () => void;
}

/**
 * Takes a data folder for this process.
 *
 * @throws a Chinese message when another server has it, or a newer version has written it
 */
export function openDataFolder(data: string): DataFolder {
  const unlock = lockFolder(data);
  const { running, format } = dataFiles(data);
  const wasKilled = existsSync(running);
  const release = () => {
    rmSync(running, { force: true });
    unlock();
  };
  const abandon = () => (wasKilled ? unlock() : release());
  try {
    writeFileSync(running, '');
    claimFormat(data, format);
  } catch (error) {
    abandon();
    throw error;
  }
  return { wasKilled, release, abandon };
}
