import type { z } from 'zod';
import { fieldMeta } from './fields.ts';

/** Reading a schema as a form: what is inside the wrappers, which label a path has, which references it holds. */

interface Def {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  shape?: Record<string, z.ZodType>;
}

const def = (schema: z.ZodType) => (schema as unknown as { def: Def }).def;

/** Takes off optional and default. */
export function unwrap(schema: z.ZodType): z.ZodType {
  let current = schema;
  for (let inner = def(current).innerType; inner; inner = def(current).innerType) current = inner;
  return current;
}

const shapes = new WeakMap<z.ZodType, Record<string, z.ZodType>>();

/**
 * The fields of an object schema, in the order of the form; empty for other schemas. Without a prototype: names come
 * from files and browsers, and nothing must be found under `constructor` or `__proto__`.
 */
export function shapeOf(schema: z.ZodType): Record<string, z.ZodType> {
  const known = shapes.get(schema);
  if (known) return known;
  const shape: Record<string, z.ZodType> = Object.assign(Object.create(null), def(unwrap(schema)).shape);
  shapes.set(schema, shape);
  return shape;
}

/** The schema of an array's items, or undefined. */
export const elementOf = (schema: z.ZodType): z.ZodType | undefined => def(unwrap(schema)).element;

/** Whether an entry may leave the field out. */
export const isOptional = (schema: z.ZodType): boolean => ['optional', 'default'].includes(def(schema).type);

/** A field's form metadata, also when it sits under optional or default. */
export function metaOf(schema: z.ZodType) {
  for (let current: z.ZodType | undefined = schema; current; current = def(current).innerType) {
    const meta = fieldMeta(current);
    if (meta) return meta;
  }
  return undefined;
}

/** Chinese name of the place that a Zod issue path points at, e.g. 「资料来源」第 2 项「题名」. */
export function labelOfPath(schema: z.ZodType, path: readonly PropertyKey[]): string {
  let current: z.ZodType | undefined = schema;
  let label = '';
  for (const step of path) {
    if (typeof step === 'number') {
      label += `第 ${step + 1} 项`;
      current = current && elementOf(current);
    } else {
      current = current && shapeOf(current)[String(step)];
      label += `「${(current && metaOf(current)?.label) ?? String(step)}」`;
    }
  }
  return label;
}

/** Every reference in `data`: the path to it, the type or list it points to, and the slug. */
export function* referencesIn(
  schema: z.ZodType,
  data: unknown,
  path: PropertyKey[] = [],
): Generator<{ path: PropertyKey[]; to: string; slug: string }> {
  if (data === undefined || data === null) return;
  const element = elementOf(schema);
  const to = metaOf(schema)?.to;
  if (element && Array.isArray(data))
    for (const [index, item] of data.entries()) yield* referencesIn(element, item, [...path, index]);
  else if (to && typeof data === 'string') yield { path, to, slug: data };
  else if (typeof data === 'object')
    for (const [key, field] of Object.entries(shapeOf(schema)))
      yield* referencesIn(field, (data as Record<string, unknown>)[key], [...path, key]);
}
