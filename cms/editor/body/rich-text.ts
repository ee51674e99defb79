import { diffArrays } from 'diff';
import type { Map as ImmutableMap } from 'immutable';
import { markdownToSlate, slateToMarkdown } from 'virtual:decap-richtext';
import { blocks } from '../../../src/blocks/index.ts';
import type { Body } from '../../../src/body/index.ts';

/**
 * Checks whether Decap's rich-text editor keeps the meaning of a body, and merges an edit made there into the source with as
 * few changes as possible. Runs in Node too, for the tests.
 */

export type Components = ImmutableMap<string, { type?: string }>;

type Render = (source: string) => Pick<Body, 'html'>;

const settings = (all: Components) => {
  const editorComponents = all.filter(({ type }) => type !== 'inline');
  return { editorComponents, voidCodeBlock: editorComponents.some(({ type }) => type === 'code-block') };
};

/** Markdown that the rich-text editor writes for its Slate nodes. */
export function serializeRichText(nodes: unknown, all: Components): string {
  const { editorComponents, voidCodeBlock } = settings(all);
  return slateToMarkdown(nodes, { voidCodeBlock }, editorComponents);
}

/** The body parsed and written by the rich-text editor without an edit. */
export const roundTrip = (source: string, all: Components): string =>
  serializeRichText(markdownToSlate(source, settings(all)), all);

/** Source that is not rendered: comments, and the text after a code fence's language. */
const NOT_RENDERED = /\{\/\*[\s\S]*?\*\/\}|<!--[\s\S]*?-->|^ {0,3}(?:`{3,}|~{3,})[^`\n]+$/gm;

/** Equal for two bodies that differ only in notation: the HTML and the source that is not rendered. */
const contentOf = (source: string, render: Render) =>
  [render(source).html.replace(/\s+/g, ' '), ...(source.match(NOT_RENDERED) ?? [])].join('\n').trim();

/**
 * The first line (1-based) whose meaning the rich-text editor would change, with an excerpt; undefined when it keeps the
 * whole body.
 */
export function findLossyLine(
  source: string,
  all: Components,
  render: Render,
): { line: number; excerpt: string } | undefined {
  const survives = (text: string) => {
    const nodes = markdownToSlate(text, settings(all)) as SlateNode[];
    return (
      !nodes.some(hasJoinedParagraphs) &&
      contentOf(text, render) === contentOf(serializeRichText(nodes, all), render)
    );
  };
  if (survives(source)) return undefined;
  const parts = partsOf(source);
  const first = parts.find(({ text }) => !survives(text)) ?? parts[0];
  if (!first) return undefined;
  const [beginning = ''] = first.text.trim().split('\n');
  return {
    line: source.slice(0, first.start).split('\n').length,
    excerpt: beginning.length > EXCERPT ? `${beginning.slice(0, EXCERPT)}…` : beginning,
  };
}

interface SlateNode {
  type?: string;
  children?: SlateNode[];
}

/** Whether a list item has several paragraphs: Decap's parser keeps them, but Slate on the screen joins them. */
const hasJoinedParagraphs = ({ type, children = [] }: SlateNode): boolean =>
  (type === 'li' && children.filter((child) => !['ul', 'ol'].includes(child.type ?? '')).length > 1) ||
  children.some(hasJoinedParagraphs);

const EXCERPT = 24;

interface Part {
  text: string;
  start: number;
}

/** Parts of the source between blank lines; code, formulas, comments and blocks with blank lines are one part. */
function partsOf(source: string): Part[] {
  const parts: Part[] = [];
  let open: RegExp | undefined;
  let current: Part | undefined;
  let at = 0;
  for (const line of source.split('\n')) {
    const blank = line.trim() === '';
    if (blank && !open) current = undefined;
    else if (current) current.text += `\n${line}`;
    else {
      current = { text: line, start: at };
      parts.push(current);
    }
    if (open) open = open.test(line) ? undefined : open;
    else open = closingPattern(line);
    at += line.length + 1;
  }
  return parts;
}

/** Pattern of the closing line of the code, formula, comment or block that a line opens. */
function closingPattern(line: string): RegExp | undefined {
  const fence = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
  if (fence) return new RegExp(`^ {0,3}${fence[0]}{${fence.length},}\\s*$`);
  if (/^\$\$(?!.*\$\$\s*$)/.test(line)) return /\$\$\s*$/;
  if (/\{\/\*(?!.*\*\/\})/.test(line)) return /\*\/\}/;
  const block = blocks.find(({ name }) => new RegExp(`^<${name}[\\s>]`).test(line));
  if (!block || block.placement === 'inline') return undefined;
  const end = block.children ? new RegExp(`</${block.name}>`) : /\/>/;
  return end.test(line) ? undefined : end;
}

/**
 * Merges an edit in the rich-text editor into the source: unchanged parts keep their notation.
 *
 * @param untouched `source` after a round trip without an edit
 * @param edited the Markdown that the rich-text editor writes now
 */
export function mergeRichTextEdit(source: string, untouched: string, edited: string, render: Render): string {
  const [was, through, now] = [source, untouched, edited].map(partsOf) as [Part[], Part[], Part[]];
  if (was.length !== through.length) return edited;
  const texts = (parts: Part[]) => parts.map(({ text }) => text);
  const pieces: { text: string; from?: number }[] = [];
  let from = 0;
  for (const { added, removed, value } of diffArrays(texts(through), texts(now))) {
    if (added) pieces.push(...value.map((text) => ({ text })));
    else {
      if (!removed)
        pieces.push(
          ...value.map((_, index) => ({ text: was[from + index]?.text ?? '', from: from + index })),
        );
      from += value.length;
    }
  }
  const gap = (index: number) => {
    const [before, after] = [was[index], was[index + 1]];
    return before && after ? source.slice(before.start + before.text.length, after.start) : '\n\n';
  };
  const merged = pieces
    .map(({ text, from: here }, index) => {
      const next = pieces[index + 1];
      if (!next) return text;
      return text + (here !== undefined && next.from === here + 1 ? gap(here) : '\n\n');
    })
    .join('');
  return contentOf(merged, render) === contentOf(edited, render) ? merged : edited;
}
