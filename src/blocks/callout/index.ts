import { z } from 'zod';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { choice, line, optional } from '../../model/fields.ts';

const KINDS = { note: '提示', tip: '小贴士', warning: '注意' } as const;

export const callout = defineBlock({
  name: 'Callout',
  label: '提示框',
  description: '把要紧的话单独框出来。',
  placement: 'block',
  children: true,
  schema: z.strictObject({
    type: choice({ label: '种类', options: KINDS, initial: 'note' }).default('note'),
    title: optional(line({ label: '标题', max: 60 })),
  }),
  render({ type, title }, children) {
    const heading = escapeHtml(title ?? KINDS[type]);
    return `<div class="block-callout" data-type="${type}" role="note" aria-label="${heading}"><p class="block-callout-title">${heading}</p>${children}</div>`;
  },
  example: `<Callout type="warning" title="先断电">

发现有人触电，**先切断电源**，再救人。

</Callout>`,
});
