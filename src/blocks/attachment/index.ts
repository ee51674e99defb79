import { z } from 'zod';
import { defineBlock, escapeHtml } from '../../model/block.ts';
import { filePath, line } from '../../model/fields.ts';

export const attachment = defineBlock({
  name: 'Attachment',
  label: '附件',
  description: '一个可以下载的文件。',
  placement: 'block',
  children: false,
  schema: z.strictObject({ src: filePath({ label: '文件' }), title: line({ label: '名称' }) }),
  render({ src, title }, _children, { href }) {
    const kind = (src.split('.').pop() ?? '').toUpperCase();
    return `<p class="block-attachment"><a href="${escapeHtml(href(src))}" download>${escapeHtml(title)}</a> <small>${escapeHtml(kind)} 文件</small></p>`;
  },
  example: '<Attachment src="/uploads/documents/plan.pdf" title="实施方案全文" />',
});
