import type { z } from 'zod';
import { elementOf, shapeOf } from '../../src/model/schema.ts';

/** Values that mean the same as an absent field. */

/** Without byte order mark and line ends of Windows. */
export const cleanText = (text: string) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/** Removes empty values, which forms leave in unused fields, and values that equal the default of an absent field. */
export function withoutEmpty(schema: z.ZodType | undefined, value: unknown): unknown {
  const element = schema && elementOf(schema);
  if (Array.isArray(value)) return value.map((item) => withoutEmpty(element, item));
  if (value === null || typeof value !== 'object')
    return typeof value === 'string' ? cleanText(value) : value;
  const shape = schema ? shapeOf(schema) : {};
  const kept = Object.entries(value).flatMap(([key, item]): [string, unknown][] => {
    const field = shape[key];
    const inner = withoutEmpty(field, item);
    return isAbsent(inner) || (field && isDefault(field, inner)) ? [] : [[key, inner]];
  });
  return Object.fromEntries(kept);
}

/** Whether a value is empty. */
const isAbsent = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && !Array.isArray(value) && Object.keys(value).length === 0);

function isDefault(field: z.ZodType, value: unknown): boolean {
  const { type, defaultValue } = field.def as { type: string; defaultValue?: unknown };
  return type === 'default' && isSame(defaultValue, value);
}

/** Deep equality of plain data; the order of keys does not matter. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, i) => isSame(item, b[i]))
    );
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(
      (key) =>
        Object.hasOwn(b, key) &&
        isSame((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
    )
  );
}

/** Whether a file may leave a field of this value out. */
export const isRedundant = (field: z.ZodType | undefined, value: unknown) => {
  const inner = withoutEmpty(field, value);
  return isAbsent(inner) || (field !== undefined && isDefault(field, inner));
};
