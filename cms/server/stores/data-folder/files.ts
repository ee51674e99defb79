import { join, resolve } from 'node:path';

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
  /** How the jobs of the server fared, see `services/status.ts`. */
  status: join(data, 'status.json'),
  /** The last time that the clock was believed, see `services/upkeep/clock-guard.ts`. */
  clock: join(data, 'clock.json'),
  /** Where the last backup was made, so that it can be listed and verified. */
  backup: join(data, 'backup.json'),
  /** Uploads on their way in; emptied at each start. */
  incoming: join(data, 'incoming'),
  /** Drafts of the yearly work report, see `report-drafts.ts`. */
  reports: join(data, 'reports'),
  /** The bundled editor, as `admin/` in it. */
  editor: join(data, 'editor'),
  /** The code and content that builds work with, and their caches. */
  build: join(data, 'build'),
  /** Who asked for what, a file a day, see `process/day-log.ts`. */
  accessLog: join(data, 'access-log'),
  /** The format that the folder is written in, see `migrations.ts`. */
  format: join(data, 'format'),
  /** There while a server has the folder, see `openDataFolder`. */
  running: join(data, 'running'),
});

export type DataFiles = ReturnType<typeof dataFiles>;
