import type { EditorView } from 'prosemirror-view';
import { blocks } from '../../../../src/blocks/index.ts';
import { insertSiteBlock } from './blocks.ts';
import { editFormula, editLink, editNote } from './popups.ts';
import { choosePictures } from './uploads.ts';
import { nodeType } from '../model/schema.ts';
import { deepestHeading, heading, insertBlocks, list, paragraph, quote } from '../commands/format.ts';
import { newTable } from '../commands/tables.ts';

/** Everything that can be put into a body, for the menus of `/`, `、` and ＋. */

export interface Item {
  label: string;
  hint: string;
  /** False where it cannot stand. */
  fits?: (view: EditorView) => boolean;
  run: (view: EditorView) => void;
}

const HEADINGS = ['小标题', '第三级标题', '第四级标题', '第五级标题', '第六级标题'];

/** Name of a heading's level; the first that an author may use is 2. */
export const headingName = (level: number): string => HEADINGS[level - 2] ?? '小标题';

const command =
  (run: (state: EditorView['state'], dispatch: EditorView['dispatch'], view: EditorView) => boolean) =>
  (view: EditorView) => {
    run(view.state, view.dispatch, view);
    view.focus();
  };

export const catalogue = (announce: (words: string) => void): readonly Item[] => [
  { label: '正文', hint: '普通的一段', run: command(paragraph) },
  ...HEADINGS.slice(0, 3).map((label, index) => ({
    label,
    hint: `一节的标题，第 ${index + 2} 级`,
    fits: (view: EditorView) => deepestHeading(view.state) >= index + 2,
    run: command(heading(index + 2)),
  })),
  { label: '项目列表', hint: '一行一项，前面有圆点', run: command(list('bullet_list')) },
  { label: '编号列表', hint: '1、2、3……', run: command(list('ordered_list')) },
  { label: '待办列表', hint: '可以打钩的一项一项', run: command(list('bullet_list', true)) },
  { label: '表格', hint: '三行三列，第一行是表头', run: command(insertBlocks([newTable(3, 3)])) },
  { label: '上传图片', hint: '从电脑里选，可以一次几张', run: (view) => void choosePictures(view, announce) },
  ...blocks
    .filter(({ name }) => name !== 'Formula')
    .map((block) => ({
      label: block.label,
      hint: block.description,
      run: (view: EditorView) => void insertSiteBlock(view, block),
    })),
  { label: '引用', hint: '别人的话', run: command(quote) },
  { label: '分隔线', hint: '一条横线', run: command(insertBlocks([nodeType('horizontal_rule').create()])) },
  { label: '公式', hint: '单独一行，用 TeX 写', run: (view) => void editFormula(view, true) },
  { label: '行内公式', hint: '在句子里', run: (view) => void editFormula(view, false) },
  { label: '脚注', hint: '说明写在文末', run: (view) => void editNote(view) },
  { label: '链接', hint: 'Ctrl+K', run: (view) => void editLink(view) },
  { label: '代码', hint: '照原样显示', run: command(insertBlocks([nodeType('code_block').create()])) },
  {
    label: 'Markdown 原文',
    hint: '编辑器没有的写法，自己写',
    run: command(insertBlocks([nodeType('source').create({ why: '自己写的 Markdown' })])),
  },
];
