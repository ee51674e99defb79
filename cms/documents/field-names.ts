import type { z } from 'zod';
import { shapeOf } from '../../src/model/schema.ts';
import type { ContentType } from '../../src/model/type.ts';

/** Names that the form of an entry adds to those of the content type, and names of Decap's collections and formats. */

/** Field of a new entry that holds the file's name; it is never written into the file (see `form.ts`). */
export const SLUG_FIELD = '_slug';

/** Where an entry read from a file keeps the labels of choices and times, for lists; never written either. */
export const LABELS_FIELD = '_labels';

/** Field of every entry's form that shows its stage of review; never written either. */
export const REVIEW_FIELD = '_review';

/** Label among `LABELS_FIELD` of the stage of an entry. */
export const STAGE_LABEL = '_stage';

/** Field of MDX types that holds the body. Decap's own name for what follows the front matter. */
export const BODY_FIELD = 'body';

/** Collection of the reference lists and of the settings. */
export const DATA_COLLECTION = 'data';

/** Decap format of a type's files: one for each, because reading one needs its schema. */
export const formatOf = (type: Pick<ContentType, 'name'>) => `${type.name}-file`;

/** Decap format of the files under `content/data/`. */
export const DATA_FORMAT = 'data-file';

/** The field that names an entry: `title` where there is one. */
export const titleFieldOf = (schema: z.ZodType): string => {
  const names = Object.keys(shapeOf(schema));
  return names.find((name) => name === 'title' || name === 'name') ?? names[0] ?? 'id';
};
