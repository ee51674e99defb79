import { type Document, isMap, isNode, isPair, LineCounter } from 'yaml';
import type { z } from 'zod';
import { nearest, type Problem } from './problems.ts';
import { labelOfPath, metaOf, shapeOf, unwrap, elementOf } from './schema.ts';
import { dataOfYaml, explainYaml, MAX_YAML, parseYaml } from './yaml.ts';

/** A parsed file: data as the schema gives it (absent when it has errors), the body, and what is wrong. */
export interface Entry<Data = Record<string, unknown>> {
  /** Undefined when the front matter has errors. */
  data: Data | undefined;
  /** Text after the front matter, `\n` line ends; empty for YAML files. */
  body: string;
  /** Line of the file on which the body begins, 1-based. */
  bodyLine: number;
  problems: Problem[];
  /** Line of the value at a path of the front matter, 1-based. */
  lineOf: (path: readonly PropertyKey[]) => number | undefined;
}

/** Unknown fields are reported one by one up to this many; with more, the text is not front matter at all. */
const MAX_UNKNOWN_FIELDS = 20;

/**
 * Reads one content file against a schema. Never throws: everything wrong is a problem with line and field.
 *
 * @param file path shown in problems
 * @param source the file's text; a BOM and CRLF are accepted
 * @param format `mdx` has front matter between `---` lines, `yaml` is data only
 */
export function readEntry<S extends z.ZodType>(
  schema: S,
  file: string,
  source: string,
  format: 'mdx' | 'yaml',
): Entry<z.output<S>> {
  const text = source.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  const failed = (message: string, line = 1, body = ''): Entry<z.output<S>> => ({
    data: undefined,
    body,
    bodyLine: 1,
    problems: [{ severity: 'error', file, line, message }],
    lineOf: () => undefined,
  });

  const split =
    format === 'yaml' ? { yaml: text, body: '', firstLine: 1, bodyLine: 1 } : splitFrontMatter(text);
  if (typeof split === 'string') return failed(split, 1, text);
  if (split.yaml.length > MAX_YAML) return failed('文件开头的信息太长，请检查「---」之间是否混入了正文');

  const lines = new LineCounter();
  const document = parseYaml(split.yaml, lines);
  const lineAt = (offset: number) => lines.linePos(offset).line + split.firstLine - 1;
  const lineOf = (path: readonly PropertyKey[]) => lineOfPath(document, path, lineAt);
  const entry: Entry<z.output<S>> = {
    data: undefined,
    body: split.body,
    bodyLine: split.bodyLine,
    problems: [],
    lineOf,
  };

  const [yamlError] = document.errors;
  if (yamlError) {
    const line = lineAt(yamlError.code === 'MISSING_CHAR' ? openedAt(document) : yamlError.pos[0]);
    entry.problems.push({ severity: 'error', file, line, message: explainYaml(yamlError) });
    return entry;
  }
  let raw: unknown;
  try {
    raw = withoutEmpty(dataOfYaml(document));
  } catch (error) {
    const { message } = error as Error;
    entry.problems.push({ severity: 'error', file, line: split.firstLine, message });
    return entry;
  }

  const parsed = schema.safeParse(raw);
  if (parsed.success) {
    entry.data = parsed.data;
    return entry;
  }
  for (const issue of parsed.error.issues) entry.problems.push(...explainIssue(schema, issue, file, lineOf));
  return entry;
}

/** Splits `---\n…\n---\n`; a string is the reason why not. Only plain YAML: `---js` would be code in other tools. */
function splitFrontMatter(text: string) {
  const first = text.slice(0, text.indexOf('\n') + 1 || undefined).trimEnd();
  if (first !== '---')
    return first.startsWith('---')
      ? `文件第一行只能是「---」，现在是「${first.slice(0, 20)}」，请改正`
      : '文件要以「---」开头，两行「---」之间写标题等信息，请补上';
  const close = /^---[ \t]*$/gm;
  close.lastIndex = 4;
  const end = close.exec(text);
  if (!end) return '没有找到结束的「---」，请在标题等信息之后补上一行「---」';
  const bodyStart = Math.min(text.length, end.index + end[0].length + 1);
  return {
    yaml: text.slice(4, end.index),
    body: text.slice(bodyStart),
    firstLine: 2,
    bodyLine: text.slice(0, bodyStart).split('\n').length,
  };
}

/** Forms save emptied fields as '' or null; both mean absent. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null && item !== '');
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutEmpty(item)]));
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

function explainIssue(
  schema: z.ZodType,
  issue: z.core.$ZodIssue,
  file: string,
  lineOf: (path: readonly PropertyKey[]) => number | undefined,
): Problem[] {
  const at = (path: readonly PropertyKey[], message: string): Problem => ({
    severity: 'error',
    file,
    line: lineOf(path) ?? 1,
    field: labelOfPath(schema, path),
    message,
  });
  if (issue.code !== 'unrecognized_keys') {
    const message = /[\u4e00-\u9fff]/.test(issue.message)
      ? issue.message
      : '内容不合要求，请对照字段说明修改';
    return [at(issue.path, message)];
  }
  let owner: z.ZodType = schema;
  for (const step of issue.path)
    owner = (typeof step === 'number' ? elementOf(owner) : shapeOf(owner)[String(step)]) ?? owner;
  const known = Object.entries(shapeOf(unwrap(owner)));
  const told = issue.keys.slice(0, MAX_UNKNOWN_FIELDS).map((key) => {
    const near = nearest(
      key,
      known.map(([name]) => name),
    );
    const label = near && metaOf(shapeOf(owner)[near] as z.ZodType)?.label;
    const advice = near
      ? `是不是「${near}」（${label}）？`
      : `可用的字段：${known.map(([name]) => name).join('、')}。`;
    return { ...at([...issue.path, key], `没有这个字段。${advice}`), field: `「${key}」` };
  });
  const rest = issue.keys.slice(MAX_UNKNOWN_FIELDS);
  if (rest[0] === undefined) return told;
  const more = `还有 ${rest.length} 个不认识的字段没有列出，请检查是否混入了正文`;
  return [...told, { ...at([...issue.path, rest[0]], more), field: undefined }];
}
