import { z } from 'zod';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { line, optional } from '../../model/fields.ts';

export const gallery = defineBlock({
  name: 'Gallery',
  label: '图集',
  description: '几张图并排，里面放「图片」。',
  placement: 'block',
  children: true,
  schema: z.strictObject({ title: optional(line({ label: '标题' })) }),
  render({ title }, children) {
    const label = title ? ` aria-label="${escapeHtml(title)}"` : ' aria-label="图集"';
    return `<photo-gallery class="block-gallery" role="group"${label}>${children}</photo-gallery>`;
  },
  example: `<Gallery title="大篷车一角">

<Figure src="/uploads/caravan/caravan.svg" alt="科普大篷车停在校园里" />

<Figure src="/uploads/caravan/caravan.svg" alt="学生围着展品动手操作" />

</Gallery>`,
});
