import type { Node } from 'prosemirror-model';
import { renderBody } from '../../../../src/body/index.ts';

/** A body as it was opened, and what a reader sees of it. */

/** A top-level block as it was opened. */
export interface Origin {
  /** Its lines, without the last line's end. */
  source: string;
  /** What stands between it and the block before. */
  before: string;
  node: Node;
  /** 1-based. */
  line: number;
}

export interface Opened {
  doc: Node;
  origins: Origin[];
  /** What stands before the first block and after the last one. */
  prefix: string;
  suffix: string;
  lineEnd: '\n' | '\r\n';
  /** 1 where a first-level heading moves all headings down one level; see `guard.ts`. */
  shift: 0 | 1;
}

/** What a reader sees: HTML with the spaces that make no difference made equal. */
export const looks = (source: string): string =>
  renderBody(source)
    .html.replace(/\s+/g, ' ')
    .replace(/<br> /g, '<br>')
    .replace(/ (?=<\/?(?:p|ul|ol|li|h\d|blockquote|table|tr|td|th|thead|tbody)\b)/g, '')
    .trim();

/** Whether a node is or holds a heading, of a level if one is given. */
export function hasHeading(node: Node, level?: number): boolean {
  const is = (one: Node) => one.type.name === 'heading' && (level === undefined || one.attrs.level === level);
  let found = is(node);
  node.descendants((child) => {
    found ||= is(child);
    return !found;
  });
  return found;
}
