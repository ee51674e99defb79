import { createHash } from 'node:crypto';
import { type ParsedDocument, parseDocument } from '../../../../src/model/document.ts';
import { readFileParts } from '../../../documents/format.ts';
import type { Place } from '../../../documents/places.ts';

/**
 * A text of a place. It is made where a text comes in (a request, a file, a commit) and passed along from there, so that
 * its front matter is parsed once however many rules look at it.
 */
export interface EntryDocument {
  readonly place: Place;
  /** That of the place. */
  readonly path: string;
  readonly text: string;
  /** Digest of the text; the same text has the same version. */
  readonly version: string;
  /** The text taken apart, at the first use; shared, so never to be changed. */
  readonly parsed: ParsedDocument;
  /** The front matter, not checked; empty when it cannot be read. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Digest of a file's text. */
export const versionOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 20);

/** The document of a text; nothing is parsed yet. */
export function openDocument(place: Place, text: string): EntryDocument {
  let version: string | undefined;
  let parsed: ParsedDocument | undefined;
  return {
    place,
    path: place.path,
    text,
    get version() {
      version ??= versionOf(text);
      return version;
    },
    get parsed() {
      parsed ??= parseDocument(text, place.format);
      return parsed;
    },
    get data() {
      return dataOf(this);
    },
  };
}

/** The document of another text of the same place; the very same when the text is. */
export const withText = (document: EntryDocument, text: string): EntryDocument =>
  text === document.text ? document : openDocument(document.place, text);

function dataOf({ parsed, place }: EntryDocument): Record<string, unknown> {
  try {
    return readFileParts(parsed, place.format).data;
  } catch {
    return {};
  }
}
