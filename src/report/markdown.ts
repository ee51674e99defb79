import { type Block, blanksIn, type Report, type Run } from './document.ts';
import { notePieces } from './notes.ts';

/** The report as Markdown (GFM, with footnotes), to paste into other programs. */

/** Characters that Markdown would take for marks of its own. */
const escaped = (text: string) => text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');

const run = ({ text, mark, note }: Run) =>
  `${mark ? `**${escaped(text)}**` : escaped(text)}${note === undefined ? '' : `[^${note}]`}`;

function block(one: Block): string {
  if (one.kind === 'heading') return `${'#'.repeat(one.level + 1)} ${escaped(one.text)}`;
  const lead = one.lead ? `**${escaped(one.lead)}**` : '';
  return lead + one.sentences.flatMap(({ runs }) => runs.map(run)).join('');
}

export function reportMarkdown(report: Report): string {
  const { title, association, on, blocks, notes, doubts } = report;
  const blanks = blanksIn(report);
  const parts = [
    `# ${escaped(title)}`,
    `${escaped(association)}　草稿，${on} 由网站记录生成${blanks > 0 ? `；待填 ${blanks} 处` : ''}`,
    ...blocks.map(block),
  ];
  if (doubts.length > 0)
    parts.push(
      '## 附件：待核对的数据',
      doubts
        .map(({ title: about, text, sources }, index) => {
          const list = sources.map(({ title: name, address }) =>
            address ? `[${escaped(name)}](${address})` : escaped(name),
          );
          return `${index + 1}. **${escaped(about)}**　${escaped(text)}${list.length > 0 ? `　出处：${list.join('、')}` : ''}`;
        })
        .join('\n'),
    );
  if (notes.length > 0)
    parts.push(
      notes
        .map((note) => {
          const text = notePieces(note)
            .map(({ text: words, address }) => (address ? `<${address}>` : escaped(words)))
            .join('');
          return `[^${note.number}]: ${text}`;
        })
        .join('\n'),
    );
  return `${parts.join('\n\n')}\n`;
}
