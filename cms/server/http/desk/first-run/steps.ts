import type { FirstRun } from '../../../services/first-run/index.ts';

/** The steps of the assistant, in their order; each can be left out and found again. */

export interface Step {
  /** The page is `/admin/desk/first-run/<path>/`. */
  path: string;
  title: string;
  /** What it is for, one sentence. */
  what: string;
  /** Whether the content shows that it was done; absent where nothing can. */
  isDone?: (run: FirstRun) => boolean;
}

export const STEPS: readonly Step[] = [
  {
    path: 'county',
    title: '县和单位',
    what: '县名、站名、主办单位；把演示县的内容换成自己的。',
    isDone: (run) => !run.isToBegin(),
  },
  {
    path: 'looks',
    title: '印章、颜色、标语和菜单',
    what: '看着样子改，满意了再保存。',
    isDone: (run) => run.hasLooks(),
  },
  {
    path: 'townships',
    title: '乡镇街道',
    what: '贴一份名单。',
    isDone: (run) => run.has('townships'),
  },
  {
    path: 'schools',
    title: '学校',
    what: '从 Excel 里贴过来，或传一个表格；大篷车的日程要用。',
    isDone: (run) => run.has('schools'),
  },
  {
    path: 'pages',
    title: '主题和页面',
    what: '文章分哪几类，先有哪几页。',
    isDone: (run) => run.has('topics') && run.has('pages'),
  },
  { path: 'staff', title: '人手和审核', what: '几个人，审几遍。' },
  {
    path: 'article',
    title: '第一篇文章',
    what: '写一篇，发出去。',
    isDone: (run) => run.has('articles'),
  },
];

/** The step after one; undefined after the last. */
export const stepAfter = (path: string): Step | undefined =>
  STEPS[STEPS.findIndex((step) => step.path === path) + 1];
