import { z } from 'zod';
import { defineBlock, escapeHtml, pictureHtml } from '../../model/block.ts';
import { picture } from '../../model/common.ts';
import { asked, optional } from '../../model/fields.ts';

const parts = picture('图片').shape;

export const figure = defineBlock({
  name: 'Figure',
  label: '图片',
  description: '一张图，带替代文字、图注和授权。',
  placement: 'block',
  children: false,
  schema: z.strictObject({
    src: parts.src,
    alt: parts.alt,
    caption: parts.caption,
    license: asked(optional(parts.license)),
  }),
  render({ src, alt, caption, license }, _children, context) {
    const credit = license ? `<small>${escapeHtml(license)}</small>` : '';
    const text = [caption && escapeHtml(caption), credit].filter(Boolean).join(' ');
    const figcaption = text ? `<figcaption>${text}</figcaption>` : '';
    return `<figure class="block-figure">${pictureHtml(src, alt, context)}${figcaption}</figure>`;
  },
  example:
    '<Figure src="/uploads/caravan/caravan.svg" alt="科普大篷车停在校园里，车厢侧面打开成展台" caption="科普大篷车" license="本站绘制，CC BY 4.0" />',
});
