import { rmSync } from 'node:fs';
import { buildSearch } from '../../../src/search/indexing/build.ts';
import { searchRecords } from '../../../src/search/indexing/records.ts';

/** Reads what can be found (`node index-search.ts`), and makes the search index of it when given a folder. */
const [folder] = process.argv.slice(2);
const records = searchRecords();
if (folder) {
  rmSync(folder, { recursive: true, force: true });
  await buildSearch(folder, records);
}
