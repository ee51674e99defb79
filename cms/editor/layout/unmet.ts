import { applies } from '../../../src/model/arrangement.ts';
import { isOptional, labelOfPath, metaOf, shapeOf } from '../../../src/model/schema.ts';
import type { ContentType } from '../../../src/model/type.ts';
import { omitDefaults } from '../../documents/omit-defaults.ts';

/** What an entry still needs before it can be published, as far as its own fields tell. */

export interface Unmet {
  /** Name of the field. */
  name: string;
  label: string;
  /** What is wrong with what is written; undefined when nothing is. */
  problem: string | undefined;
}

type Data = Readonly<Record<string, unknown>>;

/** Longest phrase of a problem that stands in the list; the field itself tells the rest. */
const MAX_PROBLEM = 40;

/**
 * The fields that are missing or wrong, in the order of the type: required ones, those that this kind of entry needs, and
 * those that the schema refuses.
 *
 * @param data the form's data; what is no field of the schema is ignored
 */
export function unmetFields(type: Pick<ContentType, 'schema'>, data: Data): Unmet[] {
  const shape = shapeOf(type.schema);
  const fields = Object.entries(shape);
  const known = Object.fromEntries(fields.map(([name]) => [name, data[name]]));
  const written = omitDefaults(type.schema, known) as Record<string, unknown>;
  const unmet = new Map<string, Unmet>();
  for (const [name, schema] of fields) {
    const meta = metaOf(schema);
    // Written by the server, or made when the entry is saved.
    if (meta?.byServer || meta?.widget === 'uid') {
      if (meta.widget === 'uid') written[name] ??= 'new';
      continue;
    }
    const isNeeded = meta?.needed ? applies(meta.when, data) : !isOptional(schema);
    if (isNeeded && isEmpty(written[name]))
      unmet.set(name, { name, label: meta?.label ?? name, problem: undefined });
  }
  for (const { path, message } of type.schema.safeParse(written).error?.issues ?? []) {
    const name = String(path[0] ?? '');
    if (!(name in shape) || unmet.has(name)) continue;
    const label = labelOfPath(type.schema, path).replace(/^「([^「」]*)」$/, '$1');
    const isChinese = /[\u4e00-\u9fff]/.test(message);
    unmet.set(name, {
      name,
      label,
      problem: isChinese ? message.slice(0, MAX_PROBLEM) : '不合要求，请对照说明修改',
    });
  }
  return fields.flatMap(([name]) => unmet.get(name) ?? []);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);
