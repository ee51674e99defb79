import { z } from 'zod';
import { displayMaths, renderMaths } from './maths.ts';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { line, optional } from '../../model/fields.ts';

export const formula = defineBlock({
  name: 'Formula',
  label: '公式',
  description: '单独一行的数学公式，用 TeX 写。',
  placement: 'block',
  children: false,
  schema: z.strictObject({
    tex: line({ label: 'TeX', hint: '如 E=mc^2。', max: 2000 }).refine(
      (tex) => renderMaths(tex, true).ok,
      '公式写法有误，请检查 TeX',
    ),
    label: optional(line({ label: '说明' })),
  }),
  render({ tex, label }) {
    const caption = label ? `<figcaption>${escapeHtml(label)}</figcaption>` : '';
    return `<figure class="block-formula">${displayMaths(renderMaths(tex, true).html)}${caption}</figure>`;
  },
  example: '<Formula tex="T=2\\pi\\sqrt{\\frac{l}{g}}" label="单摆的周期只与摆长有关" />',
});
