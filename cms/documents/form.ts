import type { z } from 'zod';
import { metaOf, shapeOf } from '../../src/model/schema.ts';
import type { ListedEntry } from '../protocol/entries.ts';
import { STAGES, type Stage } from '../protocol/review.ts';
import { BODY_FIELD, LABELS_FIELD, REVIEW_FIELD, SLUG_FIELD, STAGE_LABEL } from './field-names.ts';
import { type FileFormat, type FileParts, readFileParts, writeFile } from './format.ts';

/** Between a content file and the data of Decap's form. */

/** A line before a file's text that tells `readForForm` its stage of review; never written into the file. */
export const stageMark = (stage: Stage): string => `#portal-stage ${stage}\n`;

/** An entry as lists get it, without its body, in place of a file's text; see `readForForm`. */
export const listedText = ({ stage, data, problem }: ListedEntry): string =>
  `#portal-listed ${stage}\n${JSON.stringify({ data, problem })}`;

const MARKED = /^#portal-(stage|listed) (\w+)\n/;

function readListed(json: string): FileParts {
  const { data, problem } = JSON.parse(json) as Pick<ListedEntry, 'data' | 'problem'>;
  if (!data) throw new Error(problem);
  return { data, body: '' };
}

/**
 * Reads a file as the form gets it: with the body as a field, and the labels that lists of entries show.
 *
 * @param marked text, with or without a `stageMark`, or a `listedText`
 */
export function readForForm(marked: string, format: FileFormat, schema: z.ZodType): Record<string, unknown> {
  const [mark = '', kind, stage] = MARKED.exec(marked) ?? [];
  const rest = marked.slice(mark.length);
  const { data, body } = kind === 'listed' ? readListed(rest) : readFileParts(rest, format);
  const labels: Record<string, string> = {};
  if (stage) labels[STAGE_LABEL] = STAGES[stage as Stage];
  for (const [name, field] of Object.entries(shapeOf(schema))) {
    const value = data[name];
    if (typeof value !== 'string') continue;
    const meta = metaOf(field);
    const label = meta?.widget === 'datetime' ? value.replace('T', ' ') : meta?.options?.[value];
    if (label) labels[name] = label;
  }
  return {
    ...data,
    ...(Object.keys(labels).length > 0 ? { [LABELS_FIELD]: labels } : {}),
    ...(format === 'mdx' ? { [BODY_FIELD]: body } : {}),
  };
}

/** The form's data as a new file's text. */
export function writeForm(form: Record<string, unknown>, format: FileFormat, schema: z.ZodType): string {
  const {
    [BODY_FIELD]: body,
    [SLUG_FIELD]: _slug,
    [REVIEW_FIELD]: _review,
    [LABELS_FIELD]: _labels,
    ...data
  } = form;
  return writeFile({ data, body: format === 'mdx' ? String(body ?? '') : '' }, format, schema);
}
