import isEqual from 'lodash/isEqual.js';
import type { z } from 'zod';
import { normalizeText } from '../../src/model/document.ts';
import { elementOf, shapeOf } from '../../src/model/schema.ts';

/** Form data without empty fields and without values that equal the schema's default, at any depth: see `isOmitted`. */
export function omitDefaults(schema: z.ZodType | undefined, value: unknown): unknown {
  const element = schema && elementOf(schema);
  if (Array.isArray(value)) return value.map((item) => omitDefaults(element, item));
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? normalizeText(value) : value;
  const shape = schema && shapeOf(schema);
  const kept = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    const field = shape?.[key];
    const inner = omitDefaults(field, item);
    return isOmitted(field, inner) ? [] : [[key, inner]];
  });
  return Object.fromEntries(kept);
}

/**
 * Whether a value means the same as a missing field.
 *
 * @param value without its own defaults
 */
export const isOmitted = (field: z.ZodType | undefined, value: unknown): boolean =>
  isEmpty(value) || (field !== undefined && isDefault(field, value));

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

function isDefault(field: z.ZodType, value: unknown): boolean {
  const { type, defaultValue } = field.def as { type: string; defaultValue?: unknown };
  return type === 'default' && isEqual(defaultValue, value);
}
