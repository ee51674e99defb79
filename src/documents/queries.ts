import type { EntryOf } from '../queries/index.ts';
import { absolute } from '../ui/address.ts';
import { organisation, publishedTime, publisher, type Schema } from '../ui/schema.ts';
import { byKind } from '../queries/kinds.ts';
import { DOCUMENT_KINDS } from '../types/documents.ts';

/** Queries of the document pages. */

export type PublicDocument = EntryOf<'documents'>;

const dateOf = ({ data }: PublicDocument) => data.issued ?? `${data.year}`;

/** Documents by kind, newest first. */
export const documentsByKind = (documents: readonly PublicDocument[]) =>
  byKind(
    DOCUMENT_KINDS,
    [...documents].sort((a, b) => dateOf(b).localeCompare(dateOf(a))),
  );

/** File type in capitals, e.g. PDF, for the link text. */
export const fileType = (address: string): string =>
  (/\.([a-z0-9]+)$/i.exec(address)?.[1] ?? '').toUpperCase();

/** A document as schema.org DigitalDocument; reports as Report. */
export const documentSchema = ({ id, data }: PublicDocument): Schema => ({
  '@type': data.kind === 'survey' || data.kind === 'report' ? 'Report' : 'DigitalDocument',
  name: data.title,
  description: data.summary,
  url: absolute(`/documents/${id}/`),
  datePublished: data.issued ? publishedTime(data.issued) : publishedTime(data.published, data),
  dateModified: data.updated && publishedTime(data.updated),
  identifier: data.number,
  creator: data.issuedBy ? organisation(data.issuedBy) : undefined,
  publisher: publisher(),
  encoding: data.file && { '@type': 'MediaObject', contentUrl: absolute(data.file) },
});
