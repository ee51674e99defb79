import type { Map as ImmutableMap } from 'immutable';
import { metaOf, shapeOf } from '../../../src/model/schema.ts';
import type { ContentType } from '../../../src/model/type.ts';
import { typeNamed } from '../../../src/types/index.ts';
import { SLUG_FIELD, titleFieldOf } from '../../documents/names.ts';
import { defaultSlug } from '../../documents/slug.ts';
import { UserError } from '../client/api.ts';
import { pinyinReady } from '../client/pinyin.ts';

/** Generated values of a new entry: its slug and its permanent identifiers. */

export type Draft = ImmutableMap<string, unknown>;

export const typeOfDraft = (draft: Draft): ContentType | undefined => typeNamed(draft.get('collection'));

/** Slug generated from a draft's title, and from its date where it has one; empty without a title. */
export function draftSlug(draft: Draft): string {
  const type = typeOfDraft(draft);
  const data = draft.get('data') as Draft | undefined;
  if (!type || !data) return '';
  const title = String(data.get(titleFieldOf(type.schema)) ?? '');
  const dateField = type.dateField && shapeOf(type.schema)[type.dateField];
  const isEvent = dateField && metaOf(dateField)?.widget === 'datetime';
  return title && defaultSlug(title, isEvent ? String(data.get(type.dateField as string) ?? '') : undefined);
}

/**
 * Decap's `preSave`: the draft's data, with the generated values of a new entry.
 *
 * @throws when no slug can be generated
 */
export async function completeDraft(draft: Draft): Promise<Draft> {
  const type = typeOfDraft(draft);
  let data = draft.get('data') as Draft;
  if (!type || !draft.get('newRecord')) return data;
  await pinyinReady();
  const slug = String(data.get(SLUG_FIELD) ?? '').trim() || draftSlug(draft);
  if (!slug) throw new UserError('请在「网址名」里写一个小写字母的名称：标题里没有可以转成拼音的字');
  data = data.set(SLUG_FIELD, slug);
  for (const [name, field] of Object.entries(shapeOf(type.schema)))
    // A duplicate is another event: it must not keep the identifier of the first.
    if (metaOf(field)?.widget === 'uid') data = data.set(name, crypto.randomUUID());
  return data;
}
