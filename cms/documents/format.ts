import { isMap } from 'yaml';
import type { z } from 'zod';
import { dataOfYaml, explainYaml, MAX_YAML, parseYaml } from '../../src/model/yaml.ts';
import { normalizeText, omitDefaults } from './omit-defaults.ts';
import { stringifyYaml, updateYaml } from './yaml-edit.ts';

/**
 * Parses and writes content files, front matter and body. Saving an entry changes only the lines of the fields that
 * changed: comments, quotes and the order of the others stay. Runs in the browser and on the server.
 */

export type FileFormat = 'mdx' | 'yaml';

export interface FileParts {
  data: Record<string, unknown>;
  /** Text after the front matter without blank lines around it; empty for YAML. */
  body: string;
}

/** What messages call the front matter. */
const HEAD = '文件开头（两行「---」之间）';

const FRONT_MATTER = /^---\n([\s\S]*?\n)?---[ \t]*(?:\n|$)/;

/** Front matter and body as written in the file; undefined when it does not begin with `---`. */
function split(text: string, format: FileFormat): { yaml: string; rest: string } | undefined {
  if (format === 'yaml') return { yaml: text, rest: '' };
  const found = FRONT_MATTER.exec(text);
  return found ? { yaml: found[1] ?? '', rest: text.slice(found[0].length) } : undefined;
}

const trimBody = (rest: string) => rest.replace(/^(?:[ \t]*\n)+/, '').trimEnd();

/**
 * The data and the body of a file; values are not validated.
 *
 * @throws a Chinese message when the front matter cannot be read
 */
export function readFileParts(source: string, format: FileFormat): FileParts {
  const parts = split(normalizeText(source), format);
  if (!parts) throw new Error(`${HEAD}写得不对：第一行必须是「---」，标题等信息之后再有一行「---」`);
  if (parts.yaml.length > MAX_YAML) throw new Error(`${HEAD}太长，请检查是否混入了正文`);
  const document = parseYaml(parts.yaml);
  const [error] = document.errors;
  if (error) throw new Error(`${HEAD}读不懂：${explainYaml(error)}`);
  if (document.contents !== null && !isMap(document.contents))
    throw new Error(`${HEAD}读不懂，请先用文本编辑器改正`);
  return { data: dataOfYaml(document) as Record<string, unknown>, body: trimBody(parts.rest) };
}

/**
 * The text of a file.
 *
 * @param before the current text of the file: fields that did not change keep their lines
 */
export function writeFile(
  { data, body }: FileParts,
  format: FileFormat,
  schema: z.ZodType,
  before?: string,
): string {
  const kept = omitDefaults(schema, data) as Record<string, unknown>;
  const old = before === undefined ? undefined : split(normalizeText(before), format);
  const yaml = (old && updateYaml(old.yaml, kept, schema)) ?? stringifyYaml(kept, schema);
  if (format === 'yaml') return asEncoded(yaml, before);
  const text = trimBody(normalizeText(body));
  const rest = old && trimBody(old.rest) === text ? old.rest : `\n${text}${text ? '\n' : ''}`;
  const end = before !== undefined && !text && !normalizeText(before).endsWith('\n') ? '' : '\n';
  return asEncoded(`---\n${yaml}---${text ? `\n${rest}` : end}`, before);
}

/** With the byte order mark and the CRLF line ends of the file before. */
function asEncoded(text: string, before = ''): string {
  const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  const isWindows = before.includes('\r\n') && !/(?<!\r)\n/.test(before);
  return mark + (isWindows ? text.replaceAll('\n', '\r\n') : text);
}
