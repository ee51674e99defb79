import { z } from 'zod';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { line } from '../../model/fields.ts';

export const compare = defineBlock({
  name: 'Compare',
  label: '对照',
  description: '左边流言，右边真相。',
  placement: 'block',
  children: false,
  schema: z.strictObject({
    myth: line({ label: '流言', max: 300 }),
    fact: line({ label: '真相', max: 500 }),
  }),
  render: ({ myth, fact }) =>
    `<dl class="block-compare"><div data-side="myth"><dt>流言</dt><dd>${escapeHtml(myth)}</dd></div><div data-side="fact"><dt>真相</dt><dd>${escapeHtml(fact)}</dd></div></dl>`,
  example:
    '<Compare myth="打雷时站在大树下最安全。" fact="大树容易引雷，雷雨时要离开大树、电线杆和水面。" />',
});
