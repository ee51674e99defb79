import { benchBodies } from './bodies.ts';
import { benchBuild } from './build.ts';
import { benchEditors } from './editors.ts';
import { benchCalendar } from './calendar.ts';
import { benchLighthouse } from './lighthouse.ts';
import { benchPublish } from './publish.ts';

/**
 * `npm run bench`; `npm run bench -- 1000 10000` builds whole sites of those sizes beside the peers' (default 100 and 1000:
 * at 10,000 the peers and we take an hour).
 */
const named = process.argv.slice(2).map(Number).filter(Boolean);
const BUILT = named.length > 0 ? named : [100, 1000];
const PUBLISHED = [100, 1000, 10_000];

benchBodies();
benchCalendar();
const seconds = new Map<number, number>();
for (const size of new Set([...PUBLISHED, ...BUILT])) seconds.set(size, await benchPublish(size));
for (const size of BUILT) await benchBuild(size, seconds.get(size) ?? Number.NaN);
await benchEditors();
await benchLighthouse();
