import type { z } from 'zod';
import type { Problem } from '../../../../../src/model/problems.ts';
import { labelOfPath } from '../../../../../src/model/schema.ts';
import type { Faults } from '../../../../results/apply.ts';
import { SINGLE_FIELDS } from '../../../../results/form.ts';

/** Which control of the form a problem of the entry belongs to. */

const ROW_FIELDS = ['indicator', 'value', 'approximate', 'method', 'item', 'evidence'] as const;
const PHOTO_FIELDS = ['src', 'alt', 'license', 'caption'] as const;

/**
 * The errors that concern what the form holds, by control. Other errors of the entry do not keep its results from being
 * saved as a draft; the page names them afterwards.
 *
 * @param rowOf for each result of the entry the row that it comes from
 */
export function faultsOf(
  problems: readonly Problem[],
  schema: z.ZodType,
  rowOf: readonly (number | undefined)[],
  photoCount: number,
): Faults {
  const controls = new Map<string, string>(SINGLE_FIELDS.map((name) => [labelOfPath(schema, [name]), name]));
  for (const [index, row] of rowOf.entries())
    for (const field of ROW_FIELDS)
      if (row !== undefined)
        controls.set(labelOfPath(schema, ['results', index, field]), `row-${row}-${field}`);
  for (let index = 0; index < photoCount; index++)
    for (const field of PHOTO_FIELDS)
      controls.set(labelOfPath(schema, ['photos', index, field]), `photo-${index}-${field}`);
  const faults: Faults = {};
  for (const { severity, field, message } of problems) {
    const control = severity === 'error' && field ? controls.get(field) : undefined;
    if (control) faults[control] ??= message;
  }
  return faults;
}
