import { type BuiltPage, pagesOf, sampleOf } from '../../support/pages.ts';

/** Page types that residents open most, by route; every other route is a page type too. */
const PRINCIPAL: Readonly<Record<string, string>> = {
  'index.astro': '首页',
  'articles/[...page].astro': '文章列表',
  'articles/[filter]/[value]/[...page].astro': '一个主题的文章',
  'articles/[slug]/index.astro': '文章',
  'news/[slug].astro': '动态',
  'events/index.astro': '活动列表',
  'events/[slug]/index.astro': '活动',
  'caravan/index.astro': '大篷车日程',
  'caravan/month/[month].astro': '大篷车月历',
  'caravan/[slug]/index.astro': '大篷车一站',
  'caravan/request/index.astro': '大篷车申请',
  'bases/index.astro': '基地名录',
  'bases/[slug].astro': '基地',
  'townships/[slug].astro': '乡镇',
  'search/index.astro': '搜索',
  'statistics/index.astro': '历年数据',
  'statistics/[year]/index.astro': '年度数据',
  'emergency.astro': '紧急求助',
  'help.mdx': '单页',
  '404.astro': '找不到的网址',
};

export interface PageType {
  label: string;
  page: BuiltPage;
}

/** Of each page type of a built site its longest page: what is heavy shows there. */
export function pageTypes(outDir: string, { isAll = false } = {}): PageType[] {
  const samples = sampleOf(pagesOf(outDir), 1);
  const order = Object.keys(PRINCIPAL);
  const rank = ({ template }: BuiltPage) =>
    order.includes(template) ? order.indexOf(template) : order.length;
  return samples
    .filter(({ template }) => isAll || template in PRINCIPAL)
    .sort((a, b) => rank(a) - rank(b))
    .map((page) => ({
      label: PRINCIPAL[page.template] ?? page.template.replace(/(\/index)?\.\w+$/, ''),
      page,
    }));
}

/** `BENCH_PAGES=all`: every page type, for benchmarks that take long. */
export const wantsAllPages = process.env.BENCH_PAGES === 'all';
