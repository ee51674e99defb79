import { rmSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { resolve } from 'node:path';
import { recallTitles } from '../../../../src/search/indexing/title-readings.ts';
import { MANY_RECENT, renewBase } from '../../../../src/search/indexing/recent.ts';
import {
  foldersOfEnvironment,
  openContent,
  setCurrentContent,
  withholdContent,
} from '../../../../src/store/index.ts';
import { types } from '../../../../src/types/index.ts';
import { endWithParent } from '../../process/parent.ts';
import type { BuildStep } from '../contract.ts';
import { adoptPrebuild, emptySite, type Prebuild, prebuildSite } from './prebuild.ts';
import { loadTemplates } from '../templates/templates.ts';
import { makeSite } from './site.ts';

/**
 * Builds one site from the compiled templates. A process of its own, run in the workspace, started before it is needed: it
 * loads the code, prebuilds the site (`prebuild.ts`), preloads the cached content, waits for its one order, and ends. So
 * nothing that an earlier build has read can be left in its memory.
 */

/** What the server orders while it is idle: to prebuild the site that will follow the live one. */
export interface PrebuildOrder {
  /** Folder of the live site. */
  prebuildFrom: string;
}

/** What the server orders. */
export interface BuildOrder {
  /** Empty folder for the site. */
  site: string;
  /** Folder of the site before, made by the same templates; without it everything is made. */
  previous: string | undefined;
  /** Whether it may go on after the build, to index everything for the builds to come. */
  mayReindex: boolean;
}

/** What this process reports. */
export type BuildMessage =
  | { ready: true }
  | { step: BuildStep }
  | { done: true; reindexes: boolean; pages: number; problems: string[] }
  | { failed: string };

const report = (message: BuildMessage) =>
  new Promise<void>((done) => (process.send ? process.send(message, () => done()) : done()));

/** In the workspace. */
const PREBUILD = 'prebuild';

/** The content of this build. Until the templates are loaded they do not have it: a copy read then would be old. */
const published = openContent(foldersOfEnvironment());

let prebuilt: Prebuild | undefined;

function prebuildFrom(live: string): void {
  prebuilt = undefined;
  try {
    rmSync(PREBUILD, { recursive: true, force: true });
    prebuilt = prebuildSite(live, resolve(PREBUILD));
    published.preload(types);
    recallTitles();
  } catch (error) {
    // The build will meet the same trouble, and report it.
    console.warn(error);
  }
}

function begin({ site, previous }: BuildOrder): Prebuild {
  if (previous === undefined) return emptySite(site);
  const prepared = prebuilt?.previous === previous ? adoptPrebuild(prebuilt, site) : undefined;
  return prepared ?? prebuildSite(previous, site);
}

try {
  withholdContent();
  const templates = await loadTemplates(resolve('.'));
  setCurrentContent(published);
  process.on('message', async (message: PrebuildOrder | BuildOrder) => {
    try {
      if ('prebuildFrom' in message) return prebuildFrom(message.prebuildFrom);
      const { records, recent, pages, problems } = await makeSite({
        templates,
        content: published,
        prebuild: begin(message),
        tell: (step) => report({ step }),
      });
      const reindexes = message.mayReindex && recent > MANY_RECENT;
      await report({ done: true, reindexes, pages, problems });
      if (reindexes) {
        setPriority(constants.priority.PRIORITY_LOW);
        await renewBase(records);
      }
    } catch (error) {
      await report({ failed: String((error as Error).stack ?? error) });
    }
    process.exit();
  });
  endWithParent();
  await report({ ready: true });
} catch (error) {
  await report({ failed: String((error as Error).stack ?? error) });
  process.exit(1);
}
