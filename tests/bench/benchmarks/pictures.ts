import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Cost, measure } from '../machine/measure.ts';
import { WORK } from '../machine/packages.ts';
import { writePhotographs } from '../machine/photographs.ts';
import { OWN } from '../report/result.ts';
import type { Context } from './context.ts';

const COUNT = Number(process.env.BENCH_PICTURES) || 40;

const AIM_MEMORY_MB = 1000;

const script = join(import.meta.dirname, '../processes/encode-pictures.ts');

/** When each file of a folder was last written, by name. */
const written = (folder: string) =>
  new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => [name, statSync(join(folder, name))] as const)
      .filter(([, file]) => file.isFile())
      .map(([name, file]) => [name, file.mtimeMs]),
  );

const each = ({ wall, cpu, memory }: Cost) => ({ wall: wall / COUNT, cpu: cpu / COUNT, memory });

/** Photographs of 12 megapixels, encoded once; a second build must not touch them. */
export async function benchPictures({ sheet }: Context): Promise<void> {
  const content = join(WORK, `pictures-${COUNT}`);
  const uploads = join(content, 'uploads');
  const cache = join(content, 'cache');
  mkdirSync(uploads, { recursive: true });
  await writePhotographs(uploads, COUNT, (made) => {
    if (made % 50 === 0) console.log(`  画了 ${made} 张照片`);
  });
  rmSync(cache, { recursive: true, force: true });
  const env = { ...process.env, CONTENT_DIR: content, CACHE_DIR: cache };
  const encode = () => measure(process.execPath, [script], { env });
  const first = await encode();
  const before = written(cache);
  const again = await encode();
  const touched = [...written(cache)].filter(([name, at]) => before.get(name) !== at).length;

  const bytes = readdirSync(uploads).reduce((sum, name) => sum + statSync(join(uploads, name)).size, 0);
  const encoded = sheet.row(OWN, `第一次，${COUNT} 张，每张`, each(first));
  const repeated = sheet.row(OWN, '第二次，每张', each(again));
  const files = sheet.row(OWN, '第二次写过的文件', { count: touched });
  sheet.compare(repeated, encoded);
  sheet.aim('编码的内存', { own: encoded, metric: 'memory', most: AIM_MEMORY_MB });
  sheet.aim('第二次写过的文件', { own: files, metric: 'count', most: 0 });
  sheet.note(
    `照片 4000×3000，由渐变和噪点画成，平均 ${(bytes / COUNT / 1e6).toFixed(1)} MB；每张编成 AVIF、WebP 各三种宽度。时间按每张，内存是整个过程的。同类的这几个网站没有图片。`,
  );
}
