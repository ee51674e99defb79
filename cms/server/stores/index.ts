import { mkdirSync, rmSync } from 'node:fs';
import type { Content } from '../../../src/store/index.ts';
import { type Audit, openAudit } from './audit.ts';
import type { Repository } from './content/repository.ts';
import { dataFiles } from './data-folder/index.ts';
import { refuseLostKeys } from './data-folder/keys.ts';
import { openDatabase } from './database.ts';
import type { SettingsStore } from './settings/index.ts';

/** Where the server keeps what must not be lost. */

export interface StoresOptions {
  /** The data folder; locked by the caller. */
  data: string;
  repository: Repository;
  /** What is published, as it is written out. */
  content: Content;
  settings: SettingsStore;
}

export type Stores = ReturnType<typeof openStores>;

/** Opens the stores of a data folder. */
export function openStores({ data, repository, content, settings }: StoresOptions) {
  const files = dataFiles(data);
  rmSync(files.incoming, { recursive: true, force: true });
  mkdirSync(files.incoming, { recursive: true, mode: 0o700 });
  const database = openDatabase(files.database);
  refuseLostKeys(files, database);
  const audit: Audit = openAudit(database);
  return {
    files,
    repository,
    content,
    settings,
    database,
    audit,
    close() {
      repository.close();
      database.close();
    },
  };
}
