import {
  type Document,
  isScalar,
  type LineCounter,
  parseDocument,
  visit,
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
  visit(document, {
    Map(_, { items }) {
      const seen = new Set<unknown>();
      for (const [index, { key }] of items.entries()) {
        if (!isScalar(key)) continue;
        const at = key.range?.[0] ?? 0;
        if (seen.has(key.value)) errors.push(new YAMLParseError([at, at + 1], 'DUPLICATE_KEY', ''));
        if (index === MAX_FIELDS) errors.push(new YAMLParseError([at, at + 1], 'RESOURCE_EXHAUSTION', ''));
        seen.add(key.value);
      }
    },
  });
  return errors.sort((a, b) => a.pos[0] - b.pos[0]);
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
