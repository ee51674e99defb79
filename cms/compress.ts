import { outDir } from '../src/store/index.ts';
import { compressSite } from './server/build/compression.ts';

/** The second step of `npm run build`: the compressed forms of the built site's files, for any web server to send. */

const began = performance.now();
const { made } = compressSite(outDir, { isPatient: true });
const seconds = ((performance.now() - began) / 1000).toFixed(1);
console.log(`压缩好了：${made} 个 .br、.gz（${seconds} 秒）`);
