import type { z } from 'zod';
import { applies, FIELD_GROUPS, type FieldGroup } from '../../../src/model/arrangement.ts';
import { isOptional, metaOf, shapeOf } from '../../../src/model/schema.ts';
import type { ContentType } from '../../../src/model/type.ts';
import { BODY_FIELD, REVIEW_FIELD, SLUG_FIELD, titleFieldOf } from '../../documents/names.ts';

/** Where each field of an entry's form stands: title and body to write in, the rest beside them in groups. */

export interface Group {
  name: FieldGroup;
  label: string;
  /** Names of its fields, in the order of the type. */
  fields: string[];
}

export interface Arrangement {
  title: string;
  /** The field of the body; undefined for a type without one. */
  body: string | undefined;
  review: string;
  /** Groups with at least one field; what publishing needs is the first. */
  groups: Group[];
}

/** The group of a field: what must be filled in is needed, unless its type says where it stands. */
export function groupOf(schema: z.ZodType): FieldGroup {
  const meta = metaOf(schema);
  if (meta?.group) return meta.group;
  return !isOptional(schema) || meta?.when ? 'needs' : 'details';
}

/**
 * Arranges the fields of a form.
 *
 * @param names the fields that the form shows, in its order
 */
export function arrange(type: Pick<ContentType, 'schema'>, names: readonly string[]): Arrangement {
  const shape = shapeOf(type.schema);
  const title = titleFieldOf(type.schema);
  const apart = new Set([title, BODY_FIELD, REVIEW_FIELD]);
  const groupOfName = (name: string): FieldGroup => {
    if (name === SLUG_FIELD) return 'advanced';
    const schema = shape[name];
    return schema ? groupOf(schema) : 'details';
  };
  const groups = (Object.keys(FIELD_GROUPS) as FieldGroup[]).map((group) => ({
    name: group,
    label: FIELD_GROUPS[group],
    fields: names.filter((name) => !apart.has(name) && groupOfName(name) === group),
  }));
  return {
    title,
    body: names.includes(BODY_FIELD) ? BODY_FIELD : undefined,
    review: REVIEW_FIELD,
    groups: groups.filter(({ fields }) => fields.length > 0),
  };
}

/** Whether the entry has the field: a rumour has no list of materials. */
export const isShown = (
  type: Pick<ContentType, 'schema'>,
  name: string,
  data: Readonly<Record<string, unknown>>,
): boolean => {
  const schema = shapeOf(type.schema)[name];
  return applies(schema && metaOf(schema)?.when, data);
};
