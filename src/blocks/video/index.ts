import { z } from 'zod';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { imagePath, line, optional } from '../../model/fields.ts';

const UPLOADED_FILM = /^\/uploads\/[A-Za-z0-9][A-Za-z0-9._/-]*\.mp4$/i;

export const video = defineBlock({
  name: 'Video',
  label: '视频',
  description: '本站的 mp4 直接播放；外站视频只给链接，不嵌入。',
  placement: 'block',
  children: false,
  schema: z.strictObject({
    src: line({
      label: '视频',
      hint: '上传的 /uploads/….mp4，或以 https:// 开头的网址。',
      max: 500,
      pattern: [
        new RegExp(`${UPLOADED_FILM.source}|^https?://\\S+$`, 'i'),
        '应当是 /uploads/….mp4 或 https:// 开头的网址',
      ],
    }),
    title: line({ label: '标题' }),
    poster: optional(imagePath({ label: '封面图' })),
  }),
  render({ src, title, poster }, _children, { href }) {
    const label = escapeHtml(title);
    if (!UPLOADED_FILM.test(src))
      return `<p class="block-video"><a href="${escapeHtml(src)}" rel="noopener external">观看视频：${label}</a></p>`;
    const cover = poster ? ` poster="${escapeHtml(href(poster))}"` : '';
    const address = escapeHtml(href(src));
    return `<figure class="block-video"><video controls preload="none" src="${address}"${cover} aria-label="${label}"></video><figcaption>${label}（<a href="${address}">下载视频</a>）</figcaption></figure>`;
  },
  example: '<Video src="https://www.example.org/film" title="科普大篷车的一天" />',
});
