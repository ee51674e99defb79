import { benchBodies } from './bodies.ts';
import { benchBuild } from './build.ts';
import { benchEditors } from './editors.ts';
import { benchCalendar } from './calendar.ts';
import { benchLighthouse } from './lighthouse.ts';
import { benchPublish } from './publish.ts';

/** `npm run bench`; `npm run bench -- 1000 10000` builds sites of those sizes too (default 100 and 1000). */
const sizes = process.argv.slice(2).map(Number).filter(Boolean);

benchBodies();
benchCalendar();
for (const size of sizes.length > 0 ? sizes : [100, 1000]) await benchBuild(size, await benchPublish(size));
await benchEditors();
await benchLighthouse();
