/** A body line by line: quotation marks, indentation, the list item that it stands in, and whether it is code. */

export interface Line {
  start: number;
  /** Offset of its newline, or of the end of the text. */
  end: number;
  /** `>` in front of it. */
  depth: number;
  /** Offset after the last `>`. */
  inner: number;
  /** Offset of the first character after indentation and list markers. */
  content: number;
  /** Columns of its indentation after the last `>`. */
  indent: number;
  /** Column where the innermost list item that it stands in begins its text. */
  base: number;
  isBlank: boolean;
  hasMarker: boolean;
  /** In a block of code between fences, or a fence itself. */
  isFenced: boolean;
}

interface Fence {
  mark: string;
  depth: number;
  base: number;
  line: number;
}

const QUOTATION = / {0,3}> ?/y;
const MARKER = /(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)/y;
const RULE = /^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/;
const FENCE = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;

/** Reads the lines of a text; `unclosed` is the line of a code fence that nothing closes, if there is one. */
export function readLines(text: string): { lines: Line[]; unclosed: number | undefined } {
  const lines: Line[] = [];
  let items: number[] = [];
  let fence: Fence | undefined;
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = readLine(text, start, end);
    const previous = lines.at(-1);
    if (previous && !previous.isBlank && line.depth !== previous.depth) items = [];
    if (!line.isBlank && !fence) while ((items.at(-1) ?? 0) > line.indent) items.pop();
    line.base = items.at(-1) ?? 0;
    if (fence && (line.depth < fence.depth || (!line.isBlank && line.indent < fence.base))) {
      fence = undefined;
      while ((items.at(-1) ?? 0) > line.indent) items.pop();
      line.base = items.at(-1) ?? 0;
    }
    if (fence) {
      line.isFenced = true;
      line.base = fence.base;
      const words = text.slice(line.content, end).trimEnd();
      if (words.startsWith(fence.mark) && words === (fence.mark[0] as string).repeat(words.length))
        fence = undefined;
    } else if (!line.isBlank) {
      readMarkers(text, line, items);
      const [, ticks, tildes] = FENCE.exec(text.slice(line.content, end)) ?? [];
      const mark = ticks ?? tildes;
      if (mark) {
        line.isFenced = true;
        fence = { mark, depth: line.depth, base: items.at(-1) ?? 0, line: lines.length };
      }
    }
    lines.push(line);
    start = end + 1;
  }
  return { lines, unclosed: fence?.line };
}

function readLine(text: string, start: number, end: number): Line {
  let inner = start;
  let depth = 0;
  for (QUOTATION.lastIndex = inner; QUOTATION.test(text) && QUOTATION.lastIndex <= end; depth++)
    inner = QUOTATION.lastIndex;
  let content = inner;
  let indent = 0;
  for (; content < end; content++) {
    if (text[content] === ' ') indent++;
    else if (text[content] === '\t') indent += 4 - (indent % 4);
    else break;
  }
  return {
    ...{ start, end, depth, inner, content, indent, base: 0 },
    ...{ isBlank: content === end, hasMarker: false, isFenced: false },
  };
}

/** Moves past the list markers of a line and notes where the text of each item begins. */
function readMarkers(text: string, line: Line, items: number[]) {
  let column = line.indent;
  for (let count = 0; count < 60; count++) {
    MARKER.lastIndex = line.content;
    const marker = MARKER.exec(text)?.[0];
    if (!marker || line.content + marker.length > line.end) return;
    if (RULE.test(text.slice(line.content, line.end))) return;
    const after = line.content + marker.length;
    const blanks = /^[ \t]*/.exec(text.slice(after, line.end))?.[0].length ?? 0;
    const isEmpty = after + blanks === line.end;
    const gap = isEmpty || blanks > 4 ? 1 : blanks;
    column += marker.length + gap;
    line.hasMarker = true;
    items.push(column);
    line.content = after + (isEmpty ? blanks : gap);
    if (isEmpty) return;
  }
}
