import { type Document, isMap, isNode, isPair, LineCounter } from 'yaml';
import { cutValues, dataOfYaml, explainYaml, MAX_YAML, parseYaml } from './yaml.ts';

/** A content file's text, taken apart once: what reads, checks and writes it again is given this and not the text. */

export type FileFormat = 'mdx' | 'yaml';

/** Why a text cannot be read. */
export interface DocumentFault {
  /** `frame`: the lines `---` around the front matter; `length`: too much of it; `yaml`: what is between them. */
  kind: 'frame' | 'length' | 'yaml';
  /** What is wrong and what to do, Chinese. */
  message: string;
  /** Line of the file, 1-based. */
  line: number;
}

export interface ParsedDocument {
  readonly format: FileFormat;
  /** The text as it is in the file. */
  readonly source: string;
  /** The same with `\n` line ends and without a byte order mark. */
  readonly text: string;
  /** Source of the front matter, or of the whole data file; empty where `fault` is of the kind `frame`. */
  readonly yaml: string;
  /** Text after the front matter; empty for YAML files, all of the text where there is no front matter. */
  readonly body: string;
  /** Line of the file on which the body begins, 1-based. */
  readonly bodyLine: number;
  readonly fault: DocumentFault | undefined;
  /** Values that lost what is behind a `#`; line of the file, 1-based. */
  readonly cut: readonly Cut[];
  /** The front matter as it is written, not checked; undefined with a `fault`. */
  readonly data: unknown;
  /** What the YAML parser made of the front matter; shared, so never to be changed. Undefined when it was not parsed. */
  readonly tree: Document | undefined;
  /** Line of the value at a path of the front matter, 1-based; of the nearest group around it where there is none. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | undefined;
}

/** What a comment took from a value. */
export interface Cut {
  /** Of the file, 1-based. */
  line: number;
  lost: string;
  /** The field that the value is all of; undefined deeper inside. */
  field: string | undefined;
  /** Whether a space follows the `#`: mostly a remark, which is what the mark is for, but in a text it may be the text's end. */
  isRemark: boolean;
  /** Whether more than one space is before it, as remarks are set and nobody types. */
  isSetApart: boolean;
}

/** Text with `\n` line ends and without a byte order mark. */
export const normalizeText = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/** Only plain YAML: `---js` would be code in other tools. */
const FRONT_MATTER = /^---[ \t]*\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/;

/**
 * Parses a content file. Never throws: a text that cannot be read has a `fault`.
 *
 * @param source the file's text; a byte order mark and Windows line ends are accepted
 * @param format `mdx` has front matter between `---` lines, `yaml` is data only
 */
export function parseDocument(source: string, format: FileFormat): ParsedDocument {
  const text = normalizeText(source);
  const found = format === 'mdx' ? FRONT_MATTER.exec(text) : undefined;
  if (format === 'mdx' && !found)
    return broken({ format, source, text, body: text }, 'frame', explainFrame(text));
  const yaml = found ? (found[1] ?? '') : text;
  const head = found?.[0] ?? '';
  const parts = { format, source, text, yaml, body: found ? text.slice(head.length) : '' };
  const firstLine = found ? 2 : 1;
  const bodyLine = head.split('\n').length;
  if (yaml.length > MAX_YAML)
    return broken({ ...parts, bodyLine }, 'length', '文件开头的信息太长，请检查「---」之间是否混入了正文');

  const lines = new LineCounter();
  const document = parseYaml(yaml, lines);
  const lineAt = (offset: number) => lines.linePos(offset).line + firstLine - 1;
  const lineOf = (path: readonly PropertyKey[]) => lineOfPath(document, path, lineAt);
  const cut = cutValues(document, yaml).map(({ at, space, lost, field }) => ({
    line: lineAt(at),
    lost: lost.trim(),
    field,
    isRemark: /^\s/.test(lost),
    isSetApart: space.length > 1,
  }));
  const whole = { ...parts, bodyLine, lineOf, tree: document, cut };
  const [error] = document.errors;
  if (error) {
    const line = lineAt(error.code === 'MISSING_CHAR' ? openedAt(document) : error.pos[0]);
    return { ...whole, data: undefined, fault: { kind: 'yaml', message: explainYaml(error), line } };
  }
  try {
    return { ...whole, data: dataOfYaml(document), fault: undefined };
  } catch (error) {
    const { message } = error as Error;
    return { ...whole, data: undefined, fault: { kind: 'yaml', message, line: firstLine } };
  }
}

const broken = (
  parts: Pick<ParsedDocument, 'format' | 'source' | 'text' | 'body'> &
    Partial<Pick<ParsedDocument, 'yaml' | 'bodyLine'>>,
  kind: DocumentFault['kind'],
  message: string,
): ParsedDocument => ({
  yaml: '',
  bodyLine: 1,
  ...parts,
  fault: { kind, message, line: 1 },
  cut: [],
  data: undefined,
  tree: undefined,
  lineOf: () => undefined,
});

/** Why a text has no front matter. */
function explainFrame(text: string): string {
  const [first = ''] = text.split('\n', 1);
  if (first.trimEnd() === '---') return '没有找到结束的「---」，请在标题等信息之后补上一行「---」';
  return first.startsWith('---')
    ? `文件第一行只能是「---」，现在是「${first.trimEnd().slice(0, 20)}」，请改正`
    : '文件要以「---」开头，两行「---」之间写标题等信息，请补上';
}

function lineOfPath(document: Document, path: readonly PropertyKey[], lineAt: (offset: number) => number) {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    if (isMap(parent)) {
      const pair = parent.items.find((item) => isPair(item) && String(item.key) === String(key));
      if (pair && isNode(pair.key) && pair.key.range) return lineAt(pair.key.range[0]);
    }
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lineAt(node.range[0]);
  }
  return undefined;
}

/** Where the text begins whose closing quote is missing: the parser notices only at the end. */
function openedAt({ contents, errors }: Document): number {
  const value = isMap(contents) ? contents.items.at(-1)?.value : undefined;
  return (isNode(value) && value.range?.[0]) || (errors[0]?.pos[0] ?? 0);
}
