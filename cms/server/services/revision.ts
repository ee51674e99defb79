import { countyTime } from '../../../src/calendar/clock.ts';
import type { Problem } from '../../../src/model/problems.ts';
import { labelOfPath, shapeOf } from '../../../src/model/schema.ts';
import type { Revisable } from '../../../src/happenings/changes/history.ts';
import { revise } from '../../../src/happenings/changes/revise.ts';
import { readFileParts, writeFile } from '../../documents/format.ts';
import { type EntryDocument, withText } from '../stores/content/entry-document.ts';

/**
 * What a text becomes when it is published: events and stops get their history of changes and their sequence
 * (`src/happenings/changes/revise.ts`), everything else stays as it is.
 *
 * @param previous what was published before; undefined the first time
 */
export function revisedText(
  previous: EntryDocument | undefined,
  next: EntryDocument,
  now: Date,
): { document: EntryDocument; problems: Problem[] } {
  const { path, format, schema } = next.place;
  // A type with a UID and a sequence is a calendar entry (RFC 5545).
  const shape = shapeOf(schema);
  if (!shape.uid || !shape.sequence) return { document: next, problems: [] };
  const former = previous && readFileParts(previous.parsed, format).data;
  const parts = readFileParts(next.parsed, format);
  const { data, problems } = revise(
    former as Revisable | undefined,
    parts.data as unknown as Revisable,
    countyTime(now),
  );
  return {
    document: withText(next, writeFile({ ...parts, data: { ...data } }, format, schema, next.parsed)),
    problems: problems.map(({ field, message }) => ({
      severity: 'error',
      file: path,
      field: labelOfPath(schema, [field]),
      message,
    })),
  };
}
