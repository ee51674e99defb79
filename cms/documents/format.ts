import { isMap } from 'yaml';
import type { z } from 'zod';
import {
  normalizeText,
  type FileFormat,
  type ParsedDocument,
  parseDocument,
} from '../../src/model/document.ts';
import { explainYaml } from '../../src/model/yaml.ts';
import { omitDefaults } from './omit-defaults.ts';
import { stringifyYaml, updateYaml } from './yaml-edit.ts';

/**
 * Parses and writes content files, front matter and body. Saving an entry changes only the lines of the fields that
 * changed: comments, quotes and the order of the others stay. Runs in the browser and on the server.
 */

export type { FileFormat };

export interface FileParts {
  data: Record<string, unknown>;
  /** Text after the front matter without blank lines around it; empty for YAML. */
  body: string;
}

/** What messages call the front matter. */
const HEAD = '文件开头（两行「---」之间）';

const trimBody = (rest: string) => rest.replace(/^(?:[ \t]*\n)+/, '').trimEnd();

const parsed = (source: string | ParsedDocument, format: FileFormat): ParsedDocument =>
  typeof source === 'string' ? parseDocument(source, format) : source;

/**
 * The data and the body of a file; values are not validated.
 *
 * @param source the file's text, or the document that was made of it: then the data is shared, so never to be changed
 * @throws a Chinese message when the front matter cannot be read
 */
export function readFileParts(source: string | ParsedDocument, format: FileFormat): FileParts {
  const { fault, tree, data, body } = parsed(source, format);
  if (fault?.kind === 'frame')
    throw new Error(`${HEAD}写得不对：第一行必须是「---」，标题等信息之后再有一行「---」`);
  if (fault?.kind === 'length') throw new Error(`${HEAD}太长，请检查是否混入了正文`);
  const [error] = tree?.errors ?? [];
  if (error) throw new Error(`${HEAD}读不懂：${explainYaml(error)}`);
  if (tree?.contents && !isMap(tree.contents)) throw new Error(`${HEAD}读不懂，请先用文本编辑器改正`);
  if (fault) throw new Error(fault.message);
  return { data: data as Record<string, unknown>, body: trimBody(body) };
}

/**
 * The text of a file.
 *
 * @param before the current text of the file, or the document that was made of it: fields that did not change keep
 *   their lines
 */
export function writeFile(
  { data, body }: FileParts,
  format: FileFormat,
  schema: z.ZodType,
  before?: string | ParsedDocument,
): string {
  const kept = omitDefaults(schema, data) as Record<string, unknown>;
  const old = before === undefined ? undefined : parsed(before, format);
  const source = old?.source;
  const yaml = (old && updateYaml(old, kept, schema)) ?? stringifyYaml(kept, schema);
  if (format === 'yaml') return asEncoded(yaml, source);
  const text = trimBody(normalizeText(body));
  const isSameBody = old && old.fault?.kind !== 'frame' && trimBody(old.body) === text;
  const rest = isSameBody ? old.body : `\n${text}${text ? '\n' : ''}`;
  const end = old && !text && !old.text.endsWith('\n') ? '' : '\n';
  return asEncoded(`---\n${yaml}---${text ? `\n${rest}` : end}`, source);
}

/** With the byte order mark and the CRLF line ends of the file before. */
function asEncoded(text: string, before = ''): string {
  const mark = before.startsWith('\uFEFF') ? '\uFEFF' : '';
  const isWindows = before.includes('\r\n') && !/(?<!\r)\n/.test(before);
  return mark + (isWindows ? text.replaceAll('\n', '\r\n') : text);
}
