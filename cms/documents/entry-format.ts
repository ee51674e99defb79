import type { z } from 'zod';
import { metaOf, shapeOf } from '../../src/model/schema.ts';
import type { ListedEntry } from '../protocol/entries.ts';
import { RETURNED, STAGES, type Stage, standingOf } from '../protocol/review.ts';
import { type FileFormat, type FileParts, readFileParts, writeFile } from './format.ts';
import { BODY_FIELD, LABELS_FIELD, REVIEW_FIELD, SLUG_FIELD, STAGE_LABEL, STANDING_LABEL } from './names.ts';

/** Decap's custom file format: https://decapcms.org/docs/custom-formatters/ */

/** A first line that passes the review stage through Decap to `parseEntry`; never written into the file. */
export const stageMark = (stage: Stage): string => `#portal-stage ${stage}\n`;

/** An entry of a list, without its body, in place of a file's text; see `parseEntry`. */
export const listedText = ({ stage, returned, data, problem }: ListedEntry): string =>
  `#portal-listed ${stage}\n${JSON.stringify({ returned, data, problem })}`;

const MARKED = /^#portal-(stage|listed) (\w+)\n/;

function readListed(json: string): FileParts & { returned?: string | undefined } {
  const { returned, data, problem } = JSON.parse(json) as Omit<ListedEntry, 'path' | 'stage'>;
  if (!data) throw new Error(problem);
  return { data, body: '', returned };
}

/**
 * Decap's `fromFile`: the data of the form, with the body as a field and the labels for lists (`LABELS_FIELD`).
 *
 * @param marked text, with or without a `stageMark`, or a `listedText`
 * @throws a Chinese message when the file cannot be read
 */
export function parseEntry(marked: string, format: FileFormat, schema: z.ZodType): Record<string, unknown> {
  const [mark = '', kind, stage] = MARKED.exec(marked) ?? [];
  const rest = marked.slice(mark.length);
  const parts: ReturnType<typeof readListed> =
    kind === 'listed' ? readListed(rest) : readFileParts(rest, format);
  const { data, body, returned } = parts;
  const labels: Record<string, string> = {};
  if (stage) {
    labels[STAGE_LABEL] = returned === undefined ? STAGES[stage as Stage] : RETURNED;
    labels[STANDING_LABEL] = standingOf(stage as Stage, returned);
  }
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

/** Decap's `toFile`: the text of a new file with the data of the form. */
export function stringifyEntry(form: Record<string, unknown>, format: FileFormat, schema: z.ZodType): string {
  const {
    [BODY_FIELD]: body,
    [SLUG_FIELD]: _slug,
    [REVIEW_FIELD]: _review,
    [LABELS_FIELD]: _labels,
    ...data
  } = form;
  return writeFile({ data, body: format === 'mdx' ? String(body ?? '') : '' }, format, schema);
}
