import type { EntryOf } from '../queries/index.ts';
import { absolute } from '../ui/address.ts';
import { publisher, type Schema } from '../ui/schema.ts';
import { entries } from '../queries/index.ts';
import { DOCUMENT_KINDS } from '../types/documents.ts';

/** What document pages ask of the content. */

export type PublicDocument = EntryOf<'documents'>;

export const documentsOf = (): Promise<PublicDocument[]> => entries('documents');

/** Documents by kind, in the order of the kinds, newest first. */
export const byKind = (documents: readonly PublicDocument[]) =>
  (Object.keys(DOCUMENT_KINDS) as (keyof typeof DOCUMENT_KINDS)[])
    .map((kind) => ({
      kind,
      label: DOCUMENT_KINDS[kind],
      documents: documents
        .filter(({ data }) => data.kind === kind)
        .sort((a, b) => (b.data.issued ?? `${b.data.year}`).localeCompare(a.data.issued ?? `${a.data.year}`)),
    }))
    .filter(({ documents: found }) => found.length > 0);

/** File type in capitals, e.g. PDF, for the link text. */
export const fileType = (address: string): string =>
  (/\.([a-z0-9]+)$/i.exec(address)?.[1] ?? '').toUpperCase();

/** A document as schema.org DigitalDocument; reports as Report. */
export const documentSchema = ({ id, data }: PublicDocument): Schema => ({
  '@type': data.kind === 'survey' || data.kind === 'report' ? 'Report' : 'DigitalDocument',
  name: data.title,
  description: data.summary,
  url: absolute(`/documents/${id}/`),
  datePublished: data.issued ?? data.published,
  dateModified: data.updated,
  identifier: data.number,
  creator: data.issuedBy ? { '@type': 'Organization', name: data.issuedBy } : undefined,
  publisher: publisher(),
  encoding: data.file && { '@type': 'MediaObject', contentUrl: absolute(data.file) },
});
