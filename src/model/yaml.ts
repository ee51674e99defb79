import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  type LineCounter,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLError,
  YAMLParseError,
} from 'yaml';

/** YAML as content files use it: plain data, read by the site, the server and the editor. */

/** Longest front matter or data file that is read, in characters; far above what any type needs. */
export const MAX_YAML = 200_000;

/** Most fields of one group; the longest form has some forty. */
const MAX_FIELDS = 1000;

/** Parses YAML; what is wrong with it is in `errors`, see `explainYaml`. */
export function parseYaml(source: string, lineCounter?: LineCounter): Document {
  const document = parseDocument(source, {
    ...(lineCounter ? { lineCounter } : {}),
    schema: 'core',
    prettyErrors: false,
    logLevel: 'silent',
    // The parser compares each key with all before it: twenty thousand take a quarter of a minute.
    uniqueKeys: false,
  });
  if (document.errors.length === 0) document.errors.push(...wrongKeys(document));
  return document;
}

/** Keys that a group has already, and the first that is one too many. */
function wrongKeys(document: Document): YAMLParseError[] {
  const errors: YAMLParseError[] = [];
  const found = (code: 'DUPLICATE_KEY' | 'RESOURCE_EXHAUSTION', { range }: Scalar) =>
    errors.push(new YAMLParseError([range?.[0] ?? 0, range?.[1] ?? 0], code, ''));
  for (const items of groupsIn(document)) {
    const seen = new Set<unknown>();
    for (const [index, { key }] of items.entries()) {
      if (!isScalar(key)) continue;
      if (seen.has(key.value)) found('DUPLICATE_KEY', key);
      if (index === MAX_FIELDS) found('RESOURCE_EXHAUSTION', key);
      seen.add(key.value);
    }
  }
  return errors.sort((a, b) => a.pos[0] - b.pos[0]);
}

/** Each mapping's pairs; not the library's `visit`, which is slow and as deep as the text. */
function* groupsIn({ contents }: Document): Generator<Pair[]> {
  const left: unknown[] = [contents];
  // It grows while it is gone through.
  for (const node of left)
    if (isPair(node)) left.push(node.key, node.value);
    else if (isCollection(node)) {
      if (isMap(node)) yield node.items;
      for (const item of node.items) left.push(item);
    }
}

/** A value that ends where a comment begins: who typed `第1步 #备料` meant all of it. */
export interface CutValue {
  /** Offset of the `#`. */
  at: number;
  /** What the comment took. */
  lost: string;
  /** What stands between the value and the `#`. */
  space: string;
  /** The field of the front matter that the value is all of; undefined deeper inside. */
  field: string | undefined;
}

/**
 * Values without quotation marks that have a comment behind them on their line.
 *
 * @param source the text that was parsed
 */
export function cutValues(document: Document, source: string): CutValue[] {
  const found: CutValue[] = [];
  const look = (node: unknown, field: string | undefined) => {
    if (!isScalar(node) || node.type !== 'PLAIN' || !node.range || !node.comment) return;
    const [, space = '', lost = ''] = /^([ \t]+)#([^\n]*)/.exec(source.slice(node.range[1])) ?? [];
    if (space !== '' && lost.trim() !== '')
      found.push({ at: node.range[1] + space.length, space, lost, field });
  };
  const fields = new Map<unknown, string>();
  if (isMap(document.contents))
    for (const { key, value } of document.contents.items)
      if (isScalar(key)) fields.set(value, String(key.value));
  const left: unknown[] = [document.contents];
  for (const node of left)
    if (isPair(node)) left.push(node.value);
    else if (isCollection(node)) for (const item of node.items) left.push(item);
    else look(node, fields.get(node));
  return found.sort((a, b) => a.at - b.at);
}

/** What is wrong and what to do, a Chinese sentence. */
export function explainYaml({ code, message }: Pick<YAMLError, 'code' | 'message'>): string {
  if (message.startsWith('Maximum call stack')) return '括号或缩进套得太深，请删去多余的层';
  const known: Record<string, string> = {
    DUPLICATE_KEY: '同一个字段写了两次，请删去一个',
    RESOURCE_EXHAUSTION: `字段太多，超过了 ${MAX_FIELDS} 个，请检查是否混入了正文`,
    TAB_AS_INDENT: '缩进里有制表符，请改用空格',
    MULTILINE_IMPLICIT_KEY: '这一行缺少「: 」，或文字里的冒号需要给整句加上引号',
    BAD_INDENT: '缩进不对，请与上面同级的行对齐',
    MISSING_CHAR: '引号或括号没有成对，请补上',
  };
  return (
    known[code] ??
    `这里的写法读不懂（${message.split('\n')[0]}）；文字里有「: 」「#」或以符号开头时，请给整句加上引号`
  );
}

/**
 * The data of a document without errors.
 *
 * @throws a Chinese message for anchors: one line may stand for gigabytes (https://en.wikipedia.org/wiki/Billion_laughs_attack)
 */
export function dataOfYaml(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 0 }) ?? {};
  } catch (error) {
    // Too deep for `toJS`, though not for the parser.
    if (error instanceof RangeError)
      throw new Error(explainYaml({ code: 'IMPOSSIBLE', message: error.message }));
    throw new Error('不能使用 & 和 * 引用，请直接写出内容');
  }
}
