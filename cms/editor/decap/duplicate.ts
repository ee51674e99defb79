import { countyDay } from '../../../src/calendar/clock.ts';
import { metaOf, shapeOf } from '../../../src/model/schema.ts';
import { LABELS_FIELD } from '../../documents/names.ts';
import { type Draft, typeOfDraft } from '../entries/draft.ts';

/** What a duplicate of an entry begins with: not when the first one was published, put off or corrected. */
export function duplicateData(entry: Draft): Draft {
  const type = typeOfDraft(entry);
  let data = entry.get('data') as Draft;
  for (const [name, field] of Object.entries(type ? shapeOf(type.schema) : {})) {
    const meta = metaOf(field);
    if (!meta?.notCopied && meta?.widget !== 'uid') continue;
    const initial = meta.initial === 'today' ? countyDay(new Date()) : meta.initial;
    data = initial === undefined ? data.delete(name) : data.set(name, initial);
  }
  return data.delete(LABELS_FIELD);
}
