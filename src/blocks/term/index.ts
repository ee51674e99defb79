import { z } from 'zod';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { line } from '../../model/fields.ts';

export const term = defineBlock({
  name: 'Term',
  label: '术语',
  description: '句子里的一个词，附一句话解释。',
  placement: 'inline',
  children: false,
  schema: z.strictObject({
    name: line({ label: '词', max: 30 }),
    meaning: line({ label: '解释', max: 150 }),
  }),
  render: ({ name, meaning }) =>
    `<span class="block-term"><dfn>${escapeHtml(name)}</dfn><span class="block-term-meaning">（${escapeHtml(meaning)}）</span></span>`,
  example: '收获时先看<Term name="乳线" meaning="玉米籽粒上乳白与黄色的分界线" />的位置。',
});
