import { existsSync } from 'node:fs';
import { type Place, recordPath, stemOf } from '../../../documents/places.ts';
import type { StoredFile } from '../../../protocol/entries.ts';
import type { Stage } from '../../../protocol/review.ts';
import type { Name } from '../../../protocol/roles.ts';
import type { EntryDocument } from '../../stores/content/entry-document.ts';
import { titleOf } from '../uses.ts';
import { type PublishedRecord, recordText, type ReviewRecord, wasPublic } from './review-record.ts';

/** Drafts: entries that are being changed, or are not published yet. Each has a reference of its own. */

export const DRAFTS = 'refs/drafts/';

export interface Draft {
  path: string;
  /** Its newest commit. */
  commit: string;
  document: EntryDocument;
  record: ReviewRecord;
  /** When and by whom it was last changed. */
  at: string;
  name: string;
}

/** A draft to be committed. */
export interface DraftWrite {
  path: string;
  by: Name;
  message: string;
  document: EntryDocument;
  record: ReviewRecord;
}

/** The reference of an entry's draft. */
export const refOf = (path: string) => `${DRAFTS}${stemOf(path)}`;

/** The two files of an entry that one commit writes: its text and its review record. */
export const withRecord = (
  path: string,
  text: string,
  record: ReviewRecord | PublishedRecord,
): Map<string, string> =>
  new Map([
    [path, text],
    [recordPath(path), recordText(record)],
  ]);

/** A draft that was just committed. */
export const draftOf = ({
  path,
  commit,
  document,
  record,
  at,
  by,
}: Pick<Draft, 'path' | 'commit' | 'document' | 'record'> & { at: Date; by: Name }): Draft => ({
  path,
  commit,
  document,
  record,
  // Git stores whole seconds.
  at: new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString(),
  name: by.name,
});

/** A published file as the editor gets it. */
export const asPublished = ({ path, text, version }: EntryDocument): StoredFile => ({
  path,
  text,
  version,
  stage: 'published' satisfies Stage,
});

/** A draft as the editor gets it. */
export const toStoredFile = ({ path, document, record, at, name }: Draft): StoredFile => ({
  path,
  text: document.text,
  version: document.version,
  stage: record.stage,
  at,
  name,
});

/** Whether an entry is, or was, on the site. */
export const isPublic = ({ file }: Place, draft: Draft | undefined): boolean =>
  !draft || existsSync(file) || wasPublic(draft.record);

/** `「标题」`, or the slug when it has none. */
export const draftTitle = ({ document }: Draft) => titleOf(document);
