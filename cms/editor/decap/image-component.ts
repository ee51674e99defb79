/** Decap's editor component for `![…](…)`, with Chinese labels. */
const image = {
  id: 'image',
  label: '图片（Markdown）',
  fromBlock: (match: RegExpMatchArray) => ({ image: match[2], alt: match[1], title: match[4] }),
  toBlock: ({ alt = '', image: src = '', title }: Record<string, string | undefined>) =>
    `![${alt}](${src}${title ? ` "${title.replaceAll('"', '\\"')}"` : ''})`,
  toPreview: ({ alt = '' }: Record<string, string | undefined>) => alt,
  pattern: /^!\[(.*)\]\((.*?)(\s"(.*)")?\)/,
  fields: [
    { label: '图片', name: 'image', widget: 'image', choose_url: false },
    { label: '替代文字', name: 'alt' },
    { label: '提示文字', name: 'title', required: false },
  ],
};

export default image;
