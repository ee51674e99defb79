import type { z } from 'zod';
import { shapeOf } from '../../src/model/schema.ts';
import type { ContentType } from '../../src/model/type.ts';

/** Names that Decap's configuration, its file formats and its forms share. Those with `_` are never written into a file. */

/** Field of a new entry that holds the slug typed by the editor: it becomes the file's name. */
export const SLUG_FIELD = '_slug';

/** Labels of an entry's choices and times, for lists: `{ kind: '农时提醒', start: '2026-12-05 09:00' }`. */
export const LABELS_FIELD = '_labels';

/** Field of every entry's form with its review stage and the actions that are allowed. */
export const REVIEW_FIELD = '_review';

/** Label among `LABELS_FIELD` with the review stage, for filters and groups. */
export const STAGE_LABEL = '_stage';

/** The same for a reader of the list: with the reason where a draft was sent back. */
export const STANDING_LABEL = '_standing';

/** Field of MDX types that holds the body: Decap's own name for the text after the front matter. */
export const BODY_FIELD = 'body';

/** Collection of the reference lists and of the settings. */
export const DATA_COLLECTION = 'data';

/** Decap format of a type's files: one for each type, because parsing needs the schema. */
export const formatOf = (type: Pick<ContentType, 'name'>) => `${type.name}-file`;

/** Decap format of the files under `content/data/`. */
export const DATA_FORMAT = 'data-file';

/** The field that names an entry: `title` where there is one. */
export const titleFieldOf = (schema: z.ZodType): string => {
  const names = Object.keys(shapeOf(schema));
  return names.find((name) => name === 'title' || name === 'name') ?? names[0] ?? 'id';
};
