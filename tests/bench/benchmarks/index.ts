import { benchBodies } from './bodies.ts';
import { benchBuild } from './build.ts';
import { benchCalendar } from './calendar.ts';
import type { Benchmark } from './context.ts';
import { benchEditors } from './editors.ts';
import { benchFigures } from './figures.ts';
import { benchFirstView } from './first-view.ts';
import { benchLighthouse } from './lighthouse.ts';
import { benchPictures } from './pictures.ts';
import { benchPublish } from './publish.ts';
import { benchSearch } from './search.ts';
import { benchServing } from './serving.ts';
import { benchWeight } from './weight.ts';

export interface Listed {
  title: string;
  /** For `--help`. */
  what: string;
  /** Whether it is run at every size. */
  isSized: boolean;
  run: Benchmark;
}

const sized = (title: string, what: string, run: Benchmark): Listed => ({ title, what, isSized: true, run });
const single = (title: string, what: string, run: Benchmark): Listed => ({
  title,
  what,
  isSized: false,
  run,
});

/** Every benchmark, in the order in which they are run and reported: a peer's build is needed by what follows. */
export const BENCHMARKS: Readonly<Record<string, Listed>> = {
  build: sized('生成网站', '从头、改一篇，1 核和全部核，和 Eleventy、Hugo、Astro + MDX 比', benchBuild),
  publish: sized('发布和预览', '按「发布」到上线，打字到预览，经过整个服务器', benchPublish),
  search: sized('搜索', '浏览器里第一次建议、第一次查询、以后的查询；建索引', benchSearch),
  serving: single('送网页', '和 nginx 送同样的文件比；一边生成一边送的 p99', benchServing),
  pictures: single('照片', '1200 万像素的照片编码一次（BENCH_PICTURES=张数，默认 40）', benchPictures),
  weight: single('网页大小', '每一种页面：HTML、样式、脚本、图片', benchWeight),
  firstView: single('慢网上打开', '400 kbit/s、往返 400 毫秒、处理器慢四倍：FCP、LCP', benchFirstView),
  lighthouse: single('Lighthouse', '手机预设的四项分数（BENCH_PAGES=all 为每一种页面）', benchLighthouse),
  bodies: single('正文', '安全地处理一篇正文，和解析器本身比', benchBodies),
  calendar: single('日历', '五千站的日历文件', benchCalendar),
  figures: single('年度数据', '一万条活动的数字', benchFigures),
  editors: single('四十位编辑', '同时不停保存', benchEditors),
};
