import type { z } from 'zod';
import type { FileFormat } from '../../../src/model/document.ts';
import { readFileParts } from '../format.ts';
import { compareBodies, type Paragraph, type PicturePair, type Status } from './body.ts';
import { compareFields, type FieldChange, type NameOf } from './fields.ts';
import { newBudget, type Word } from './words.ts';

/**
 * Two texts of an entry compared as their readers would: fields by the names of the form, the body paragraph by
 * paragraph, words marked. The reading page of the desk and the history of the editor draw the same comparison.
 */

export type { FieldChange, NameOf, Paragraph, PicturePair, Status, Word };

export interface Comparison {
  /** Every field that is filled in, changed or not. */
  fields: FieldChange[];
  /** Every paragraph, changed or not; empty for entries without a body. */
  body: Paragraph[];
  /** Whether nothing differs that a reader could see. */
  isSame: boolean;
  /** Why one of the texts cannot be read, Chinese; it is then compared as if it were one body. */
  problem?: string | undefined;
}

/** How a change is called, so that colour is not needed to see it. */
export const STATUS_LABELS: Record<Status, string> = { same: '', changed: '改', added: '新', removed: '删' };

export interface Compared {
  format: FileFormat;
  schema: z.ZodType;
  /** Undefined where there was none before: everything is new. */
  before: string | undefined;
  after: string;
  nameOf?: NameOf;
}

/** Compares two texts of an entry. */
export function compareEntries({
  format,
  schema,
  before,
  after,
  nameOf = () => undefined,
}: Compared): Comparison {
  const budget = newBudget();
  try {
    const old = before === undefined ? { data: {}, body: '' } : readFileParts(before, format);
    const now = readFileParts(after, format);
    return finished(
      compareFields(schema, old.data, now.data, nameOf, budget),
      compareBodies(old.body, now.body, budget),
    );
  } catch (error) {
    return { ...finished([], compareBodies(before ?? '', after, budget)), problem: (error as Error).message };
  }
}

function finished(fields: FieldChange[], body: Paragraph[]): Comparison {
  return { fields, body, isSame: [...fields, ...body].every(({ status }) => status === 'same') };
}
