import type { z } from 'zod';

/**
 * Where a field stands in the form, and for which entries: declared next to the field in its type. The form of an entry
 * is its title and body; the other fields stand beside them, what publishing needs first, the rest folded by purpose.
 */

/** Purposes that fields are folded by, in the order of the form. A field that says none is in `details`. */
export const FIELD_GROUPS = {
  needs: '发布前要填',
  time: '时间和变更',
  place: '在哪里',
  people: '单位和人员',
  visitors: '开放和参加',
  pictures: '图片',
  results: '成果',
  sources: '来源和复核',
  related: '分类、相关和推荐',
  details: '更多情况',
  record: '日期和更新',
  advanced: '高级',
} as const;

export type FieldGroup = keyof typeof FIELD_GROUPS;

/** Entries that a field is for: those whose named choices have one of the values, `{ kind: ['rumour'] }`. */
export type Condition = Readonly<Record<string, readonly string[]>>;

/** What this file declares, within the form metadata of a field. */
export interface Arranged {
  /** Group of the form; default `details`, and `needs` for a field that must be filled in. */
  group?: FieldGroup;
  /** Only entries of this kind have the field; a stored value stays in the file of another. */
  when?: Condition;
  /** Every entry that has the field must fill it in before publishing. */
  needed?: true;
}

const declare = <S extends z.ZodType>(schema: S, arranged: Arranged): S =>
  schema.meta({ ...schema.meta(), ...arranged }) as S;

/** Puts a field into a group of the form. */
export const inGroup = <S extends z.ZodType>(group: FieldGroup, schema: S): S => declare(schema, { group });

/** A field that only some entries have, such as the cost of an experiment. */
export const onlyWhen = <S extends z.ZodType>(when: Condition, schema: S): S => declare(schema, { when });

/** An optional field or list that some entries must fill in, such as the claim of a rumour; see `checkNeeded`. */
export const neededWhen = <S extends z.ZodType>(when: Condition, schema: S): S =>
  declare(schema, { when, needed: true });

/** Whether an entry, or the data of its form, has a field with this condition. */
export const applies = (when: Condition | undefined, entry: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(when ?? {}).every(([name, values]) => values.includes(String(entry[name] ?? '')));

interface NeededMeta extends Arranged {
  itemLabel?: string;
  options?: Readonly<Record<string, string>>;
}

const metaOf = (schema: z.ZodType | undefined) => (schema?.meta() ?? {}) as NeededMeta;

/**
 * Adds an issue for each field that an entry of its kind must fill in and has not, see `neededWhen`.
 *
 * @param shape the fields of the type
 */
export function checkNeeded(
  shape: Readonly<Record<string, z.ZodType>>,
  entry: Readonly<Record<string, unknown>>,
  context: z.RefinementCtx,
): void {
  for (const [name, schema] of Object.entries(shape)) {
    const { needed, when = {}, itemLabel } = metaOf(schema);
    const value = entry[name];
    if (!needed || !applies(when, entry)) continue;
    const kind = Object.keys(when).map((by) => metaOf(shape[by]).options?.[String(entry[by])] ?? '');
    const add = (message: string) => context.addIssue({ code: 'custom', path: [name], message });
    if (value === undefined) add(`${kind.join('')}必须填写这一项`);
    else if (Array.isArray(value) && value.length === 0)
      add(`${kind.join('')}至少要列一样${itemLabel ?? ''}`);
  }
}
