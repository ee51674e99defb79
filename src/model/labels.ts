import type { z } from 'zod';
import { elementOf, metaOf, shapeOf } from './schema.ts';

/** Names that pages show for fields and their values, taken from the schema that the editor's form is made from. */

function fieldAt(schema: z.ZodType, path: readonly string[]): z.ZodType | undefined {
  let current: z.ZodType | undefined = schema;
  for (const name of path) current = current && shapeOf(elementOf(current) ?? current)[name];
  return current;
}

/** The label of a field, e.g. `labelOf(bases.schema, 'honours', 'level')`; lists are stepped into. */
export function labelOf(schema: z.ZodType, ...path: string[]): string {
  const field = fieldAt(schema, path);
  return (field && metaOf(field)?.label) ?? path.join('.');
}

/** The options of a select field, stored value → label. */
export const optionsOf = (schema: z.ZodType, ...path: string[]): Readonly<Record<string, string>> => {
  const field = fieldAt(schema, path);
  return (field && metaOf(field)?.options) ?? {};
};

/** The label of a value of a select field; the value itself when the field has no such option. */
export function optionOf(schema: z.ZodType, path: readonly string[], value: string): string {
  const field = fieldAt(schema, path);
  return (field && metaOf(field)?.options?.[value]) ?? value;
}
