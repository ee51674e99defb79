import { blockNamed } from '../../../src/blocks/index.ts';
import { readTag } from '../../../src/body/source/tags.ts';
import { metaOf, shapeOf } from '../../../src/model/schema.ts';
import { pairUp } from './similar.ts';
import { type Budget, compareItems, compareWords, newBudget, type Word } from './words.ts';

/** Two bodies compared paragraph by paragraph. */

export type Status = 'same' | 'changed' | 'added' | 'removed';

/** A picture before and now; one is absent where it is new or gone. */
export interface PicturePair {
  before?: string | undefined;
  after?: string | undefined;
}

export interface Paragraph {
  status: Status;
  /** As it is now, for people; the text before when it is gone. */
  text: string;
  words: Word[];
  /** 1 to 6 of a heading; 0 of any other paragraph. */
  level: number;
  pictures: PicturePair[];
}

const FENCE = /^\s*(`{3,}|~{3,})/;

/** The paragraphs of a body: what stands between blank lines, a fenced block as one. */
export function paragraphsOf(body: string): string[] {
  const paragraphs: string[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  const end = () => {
    const text = lines.join('\n').trimEnd();
    if (text.trim()) paragraphs.push(text);
    lines = [];
  };
  for (const line of body.split('\n')) {
    const [, mark] = FENCE.exec(line) ?? [];
    if (fence === undefined && mark) fence = mark;
    else if (fence !== undefined && mark?.startsWith(fence)) fence = undefined;
    if (fence === undefined && !line.trim()) end();
    else lines.push(line);
  }
  end();
  return paragraphs;
}

const HEADING = /^(#{1,6})[ \t]+/;
const levelOf = (source: string) => HEADING.exec(source)?.[1]?.length ?? 0;

/** A block's tag in words: `〔图片　替代文字：…〕`. */
function tagInWords(source: string, start: number): { text: string; end: number } | undefined {
  const tag = readTag(source, start);
  const block = tag && blockNamed(tag.name);
  if (!tag || !block) return undefined;
  if (tag.kind === 'close') return { text: `〔${block.label}到这里〕`, end: tag.end };
  const shape = shapeOf(block.schema);
  const parts = tag.attributes.flatMap(({ name, value }) => {
    const meta = shape[name] && metaOf(shape[name]);
    if (!value || meta?.widget === 'image') return [];
    return `${meta?.label ?? name}：${meta?.options?.[value] ?? value}`;
  });
  return { text: `〔${[block.label, ...parts].join('　')}〕`, end: tag.end };
}

/** Text with the tags of blocks in words. */
function blocksInWords(source: string): string {
  let text = '';
  for (let at = 0; at < source.length;) {
    const next = source.indexOf('<', at);
    if (next === -1) return text + source.slice(at);
    const tag = tagInWords(source, next);
    text += source.slice(at, next) + (tag ? tag.text : '<');
    at = tag ? tag.end : next + 1;
  }
  return text;
}

/** What a reader sees of a paragraph: without the marks of headings, bold, links and pictures. */
export function plainText(source: string): string {
  if (FENCE.test(source)) return source;
  return blocksInWords(source)
    .replace(HEADING, '')
    .replace(/^>[ \t]?/gm, '')
    .replace(/^([ \t]*)[-*+][ \t]+/gm, '$1· ')
    .replace(/!\[([^\]\n]{0,300})\]\([^)\n]{0,600}\)/g, '〔图片：$1〕')
    .replace(/\[([^\]\n]{1,300})\]\(([^)\s]{1,600})[^)\n]{0,300}\)/g, '$1（链接：$2）')
    .replace(/(\*\*|__)(?=\S)([^*_\n]{1,300}?)\1/g, '$2');
}

const PICTURE = /!\[[^\]\n]{0,300}\]\(([^)\s]{1,600})/g;

/** Addresses of the pictures in a paragraph. */
function picturesIn(source: string): string[] {
  const found = [...source.matchAll(PICTURE)].map(([, src = '']) => src);
  for (let at = source.indexOf('<'); at !== -1; at = source.indexOf('<', at + 1)) {
    const tag = readTag(source, at);
    const shape = tag && tag.kind !== 'close' ? shapeOf(blockNamed(tag.name)?.schema ?? shapeless) : {};
    for (const { name, value } of tag?.attributes ?? [])
      if (value && shape[name] && metaOf(shape[name])?.widget === 'image') found.push(value);
  }
  return found;
}

const shapeless = { def: { type: 'unknown' } } as unknown as Parameters<typeof shapeOf>[0];

function picturePairs(before: string | undefined, after: string | undefined): PicturePair[] {
  const [old, now] = [picturesIn(before ?? ''), picturesIn(after ?? '')];
  return Array.from({ length: Math.max(old.length, now.length) }, (_, index) => ({
    ...(old[index] ? { before: old[index] } : {}),
    ...(now[index] ? { after: now[index] } : {}),
  }));
}

function paragraph(before: string | undefined, after: string | undefined, budget: Budget): Paragraph {
  const source = after ?? before ?? '';
  const text = plainText(source);
  const old = before === undefined ? '' : plainText(before);
  const now = after === undefined ? '' : text;
  const isHidden = before !== undefined && after !== undefined && before !== after && old === now;
  const words = isHidden ? compareWords(before, after, budget) : compareWords(old, now, budget);
  const status =
    before === undefined ? 'added' : after === undefined ? 'removed' : before === after ? 'same' : 'changed';
  return { status, text, words, level: levelOf(source), pictures: picturePairs(before, after) };
}

/** The paragraphs of two bodies in the order in which they are read; `before` undefined: there was none. */
export function compareBodies(before: string, after: string, budget = newBudget()): Paragraph[] {
  return compareItems(paragraphsOf(before), paragraphsOf(after)).flatMap((hunk) =>
    hunk.isEqual
      ? hunk.after.map((source) => paragraph(source, source, budget))
      : pairUp(hunk.before, hunk.after, plainText).map((pair) => paragraph(pair.before, pair.after, budget)),
  );
}
