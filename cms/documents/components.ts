import { blocks } from '../../src/blocks/index.ts';
import { readTag, type Tag, writeTag } from '../../src/body/source/tags.ts';
import type { Block } from '../../src/model/block.ts';
import { type CmsField, fieldsOf } from './fields.ts';

/**
 * Blocks as Decap editor components: a form in the rich-text editor, MDX in the file.
 * https://decapcms.org/docs/custom-widgets/#registereditorcomponent
 */
export interface EditorComponent {
  id: string;
  label: string;
  type?: 'inline';
  icon?: string;
  summary?: string;
  collapsed?: boolean;
  fields: CmsField[];
  pattern: RegExp;
  fromBlock: (match: RegExpMatchArray) => Record<string, string>;
  toBlock: (data: Record<string, unknown>) => string;
  toPreview: (data: Record<string, unknown>) => string;
}

/** Field with the Markdown between a block's tags. */
const CHILDREN = 'children';

const ATTRIBUTES = String.raw`(?:\s+[A-Za-z][\w-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*\s*`;

/** The editor component of a block. */
export function editorComponent(block: Block): EditorComponent {
  const fields = fieldsOf(block.schema);
  const inside: CmsField = {
    name: CHILDREN,
    label: '里面的内容',
    widget: 'text',
    required: false,
    hint: `${block.description}用 Markdown 写。`,
  };
  const toBlock = (data: Record<string, unknown>) => {
    const attributes = fields.map(({ name }) => ({ name, value: String(data[name] ?? '') }));
    const tag = {
      start: 0,
      end: 0,
      name: block.name,
      attributes: attributes.filter(({ value }) => value !== ''),
    };
    const children = String(data[CHILDREN] ?? '').trim();
    if (!block.children) return writeTag({ ...tag, kind: 'void' });
    return `${writeTag({ ...tag, kind: 'open' })}\n\n${children}\n\n</${block.name}>`;
  };
  return {
    id: block.name,
    label: block.label,
    ...(block.placement === 'inline' ? { type: 'inline' } : {}),
    fields: block.children ? [...fields, inside] : fields,
    pattern: block.children
      ? new RegExp(String.raw`^<${block.name}${ATTRIBUTES}>([\s\S]*?)</${block.name}>[ \t]*(?=\n|$)`)
      : new RegExp(String.raw`^<${block.name}${ATTRIBUTES}/>[ \t]*(?=\n|$)`),
    fromBlock: ([source, children = '']) => ({
      ...attributesOf(readTag(source, 0)),
      ...(block.children ? { [CHILDREN]: children.trim() } : {}),
    }),
    toBlock,
    toPreview: (data) => toBlock(data),
  };
}

const attributesOf = (tag: Tag | undefined) =>
  Object.fromEntries((tag?.attributes ?? []).map(({ name, value }) => [name, value ?? '']));

/** Block-level Markdown that Decap's rich-text editor would change or lose; it becomes a component with its source. */
const FRAGILE = [
  String.raw`[^\n]*\|[^\n]*\n[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*(?:\n(?!\s*\n)[^\n]+)*`,
  String.raw`\[\^[^\]\n]+\]:[^\n]*(?:\n(?:[ \t]+[^\n]*|(?!\[\^|\s*\n)[^\n]+))*`,
  String.raw`\$\$[^$]*\$\$`,
  String.raw`[ \t]*[-*+] \[[ xX]\][^\n]*(?:\n(?!\s*\n)[^\n]+)*`,
  String.raw`\{/\*[\s\S]*?\*/\}`,
  // A fence with more than its language, and a thematic break.
  String.raw`(\x60{3,}|~{3,})[^\x60\n]*\S[ \t]+\S[^\x60\n]*\n[\s\S]*?\n\1[ \t]*`,
  String.raw`(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,}`,
];

/** Keeps the source of what the rich-text editor cannot edit: tables, footnotes, task lists, formulas, comments. */
export const sourceComponent: EditorComponent = {
  id: 'source',
  label: '原文（表格、脚注、公式）',
  fields: [
    {
      name: 'source',
      label: '原文',
      widget: 'text',
      hint: '表格、脚注、任务列表和公式，用 Markdown 写。',
    },
  ],
  pattern: new RegExp(`^(?:${FRAGILE.join('|')})(?=\\s*\\n|\\s*$)`),
  fromBlock: ([source]) => ({ source }),
  toBlock: ({ source }) => String(source ?? '').trim(),
  toPreview: ({ source }) => String(source ?? ''),
};

/** All editor components, in the order of the menu. */
export const editorComponents = (): EditorComponent[] => [...blocks.map(editorComponent), sourceComponent];
