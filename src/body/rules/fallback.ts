import { applyEdits, type Edit } from '../source/edits.ts';
import { flattenEdits } from './flatten.ts';
import { parseSafely } from '../source/harmless.ts';
import type { Source } from '../source/masked.ts';
import { endOfLine } from '../source/offsets.ts';

/** When the parser objects: which tag, or else which block, becomes plain text, so that all others stay. */

/** Deeper nesting than any reader can follow. */
const MAX_DEPTH = 60;

const UNREADABLE =
  '这一段的写法读不懂，已按普通文字显示；请检查这一段里的「<」「{」「`」「[」等符号是不是成对，或者分成几段';

const TOO_DEEP = `这一段套了超过 ${MAX_DEPTH} 层，已按普通文字显示；请减少引用和列表的层数`;

export interface Caution {
  /** Offsets of tags that the parser objected to. */
  demoted: Set<number>;
  /** Blocks that are to be plain text, and why. */
  flat: Map<Block, string>;
}

/** A block of the body that no other block stands around, by whole lines. */
export interface Block {
  start: number;
  end: number;
  /** Depth of its deepest part. */
  level: number;
}

export function blocksOf({ text, tree }: Source): Block[] {
  const blocks: Block[] = [];
  for (const node of tree.nodes) {
    if (node.parent?.type === 'root')
      blocks.push({
        start: Math.max(blocks.at(-1)?.end ?? 0, text.lastIndexOf('\n', node.start - 1) + 1),
        end: endOfLine(text, node.end),
        level: node.level,
      });
    const block = blocks.at(-1);
    if (block) block.level = Math.max(block.level, node.level);
  }
  return blocks;
}

/** Index of the last block that begins at or before an offset. */
function blockIndexAt(blocks: readonly Block[], offset: number): number {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as Block).start <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

export function blockAt(blocks: readonly Block[], offset: number): Block | undefined {
  const block = blocks[blockIndexAt(blocks, offset)];
  return block && offset <= block.end ? block : undefined;
}

/** The blocks whose edited text the parser does not read. */
export function unreadableBlocks(text: string, blocks: readonly Block[], edits: readonly Edit[]): Block[] {
  const own: Edit[][] = blocks.map(() => []);
  for (const edit of edits) {
    const index = blockIndexAt(blocks, edit.start);
    const block = blocks[index];
    if (block && edit.end <= block.end)
      own[index]?.push({ ...edit, start: edit.start - block.start, end: edit.end - block.start });
  }
  return blocks.filter(
    ({ start, end }, index) => !parseSafely(applyEdits(text.slice(start, end), own[index] ?? []).text).tree,
  );
}

/** Makes plain text of a block. */
export function avoidBlock(block: Block, { flat }: Caution) {
  if (!flat.has(block)) flat.set(block, UNREADABLE);
}

/** Makes plain text of the blocks that are nested too deep. */
export function avoidDepth(blocks: readonly Block[], { flat }: Caution) {
  for (const block of blocks) if (block.level > MAX_DEPTH) flat.set(block, TOO_DEEP);
}

/** Makes text of the last tag before the error, or else of the block in which it is. */
export function avoidError(
  at: number | undefined,
  accepted: readonly number[],
  blocks: readonly Block[],
  { demoted, flat }: Caution,
) {
  const block = at === undefined ? undefined : blockAt(blocks, at);
  const guilty =
    at === undefined
      ? accepted.at(-1)
      : accepted.findLast((start) => start <= at && (!block || start >= block.start));
  if (guilty !== undefined) demoted.add(guilty);
  else if (block) flat.set(block, UNREADABLE);
  else if (accepted[0] !== undefined) demoted.add(accepted[0]);
}

/** A block as paragraphs of plain text, with blank lines around. */
export function flatBlockEdits(text: string, { start, end }: Block): Edit[] {
  const edits = flattenEdits(text, start, end);
  const before = text.slice(text.lastIndexOf('\n', start - 2) + 1, Math.max(0, start - 1));
  if (start > 0 && before.trim() !== '') edits.unshift({ start, end: start, text: '\n' });
  if (text.slice(end + 1, endOfLine(text, end + 1)).trim() !== '')
    edits.push({ start: end, end, text: '\n' });
  return edits;
}
