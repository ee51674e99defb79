import type { z } from 'zod';
import { type Cut, type ParsedDocument, type FileFormat, parseDocument } from './document.ts';
import { nearest, type Problem } from './problems.ts';
import { labelOfPath, metaOf, shapeOf, unwrap, elementOf } from './schema.ts';

/** A parsed file: data as the schema gives it (absent when it has errors), the body, and what is wrong. */
export interface Entry<Data = Record<string, unknown>> {
  /** Undefined when the front matter has errors. */
  data: Data | undefined;
  /** The front matter as it is written, without empty values and not checked: what rules look at while `data` is absent. */
  written: Record<string, unknown>;
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
 * @param source the file's text, or the document that was made of it
 */
export function readEntry<S extends z.ZodType>(
  schema: S,
  file: string,
  source: string | ParsedDocument,
  format: FileFormat,
): Entry<z.output<S>> {
  const document = typeof source === 'string' ? parseDocument(source, format) : source;
  const { fault, lineOf, bodyLine } = document;
  const body = fault?.kind === 'length' ? '' : document.body;
  const entry: Entry<z.output<S>> = {
    data: undefined,
    written: {},
    body,
    bodyLine,
    problems: [],
    lineOf,
  };
  if (fault) {
    const { message, line } = fault;
    entry.problems.push({ severity: 'error', file, line, message });
    return entry;
  }
  for (const cut of document.cut) {
    const problem = explainCut(cut, schema);
    if (problem) entry.problems.push({ ...problem, file, line: cut.line });
  }
  const written = withoutEmpty(document.data);
  if (isGroup(written)) entry.written = written;
  const parsed = schema.safeParse(written);
  if (parsed.success) entry.data = parsed.data;
  else
    for (const issue of parsed.error.issues)
      entry.problems.push(...explainIssue(schema, issue, file, lineOf));
  return entry;
}

/** A title or another text that a comment may have cut off; a remark behind a choice or a number is one. */
function explainCut(
  { lost, field, isRemark, isSetApart }: Cut,
  schema: z.ZodType,
): Pick<Problem, 'severity' | 'message'> | undefined {
  if (!isRemark)
    return {
      severity: 'error',
      message: `「#${lost}」会丢掉：YAML 里空格加「#」后面是注释。请给整句加上引号，如 title: '第1步 #备料'`,
    };
  if (isSetApart) return undefined;
  const written = field === undefined ? undefined : shapeOf(schema)[field];
  const widget = written && metaOf(written)?.widget;
  if (widget !== 'string' && widget !== 'text') return undefined;
  return {
    severity: 'warning',
    message: `「# ${lost}」是注释，不会显示。要是它是这句话的一部分，请给整句加上引号，如 title: '第1步 # 备料'`,
  };
}

const isGroup = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Forms save emptied fields as '' or null; both mean absent. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([, item]) => item !== null && item !== '');
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutEmpty(item)]));
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
