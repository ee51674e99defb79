import { indicators } from '../types/statistics.ts';
import type { Content } from '../store/index.ts';
import { typeNamed } from '../types/index.ts';
import {
  type Indicator,
  type SnapshotRecord,
  SOURCE_TYPES,
  type SourceRecord,
  type YearRecords,
} from './records.ts';

/**
 * The records of a content folder, for programs that are no pages (the written report, the desk). Entries with errors are
 * left out, as the site leaves them out; bodies are not compiled.
 */
export const readYearRecords = (content: Content): YearRecords => ({
  entries: SOURCE_TYPES.flatMap((name) => read<SourceRecord>(content, name)),
  snapshots: read<SnapshotRecord>(content, 'statistics'),
  dictionary: content.list(indicators).items as Indicator[],
});

function read<Entry extends SourceRecord | SnapshotRecord>(
  content: Content,
  collection: Entry['collection'],
): Entry[] {
  const type = typeNamed(collection);
  if (!type) return [];
  return content.filesOf(type).files.flatMap((file) => {
    const { data } = content.readFile(type, file);
    return data ? [{ id: file.slug, collection, data } as unknown as Entry] : [];
  });
}
