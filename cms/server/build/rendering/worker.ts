import { resolve } from 'node:path';
import {
  foldersOfEnvironment,
  openContent,
  setCurrentContent,
  withholdContent,
} from '../../../../src/store/index.ts';
import { endWithParent } from '../../process/parent.ts';
import { fileOf, firstOfEach } from '../templates/paths.ts';
import { loadTemplates } from '../templates/templates.ts';
import { type MadePage, makePage, type PageToMake } from './page.ts';

/**
 * Makes pages for the process that builds a site (`pool.ts`): a process of its own, run in the workspace,
 * `node worker.ts <folder of the site>`.
 */

/** A batch of pages. */
export type WorkerOrder = PageToMake[];

export type WorkerAnswer =
  | { ready: true }
  /** The whole batch. */
  | { made: MadePage[] }
  | { failed: string };

const [folder = ''] = process.argv.slice(2);
const answer = (what: WorkerAnswer) => process.send?.(what);

endWithParent();
withholdContent();
const templates = await loadTemplates(resolve('.'));
const content = setCurrentContent(openContent(foldersOfEnvironment()));
content.freeze();
const paths = new Map(firstOfEach(await templates.paths()).map((path) => [fileOf(path), path]));

let last: Promise<void> = Promise.resolve();
process.on('message', (order: WorkerOrder) => {
  last = last
    .then(() => make(order))
    .catch((error: Error) => void answer({ failed: String(error.stack ?? error) }));
});
answer({ ready: true });

async function make(order: WorkerOrder): Promise<void> {
  const made: MadePage[] = [];
  for (const page of order) {
    const path = paths.get(page.file);
    if (!path) throw new Error(`内容在生成的时候变了：没有 ${page.file} 这一页了`);
    made.push(await makePage(templates, content, path, { ...page, folder }));
  }
  answer({ made });
}
