import { z } from 'zod';

/** A Word file as a new entry. */

/** `POST /api/word-import`: the file is the body. */
export const wordImportQuery = z.object({
  /** Of the file, as the browser says. */
  name: z.string().max(300),
});

export const wordImport = z.object({
  title: z.string(),
  /** As Word copies it, so that the editor's rules for a paste read it; pictures have been uploaded. */
  html: z.string(),
  /** What could not be kept, Chinese sentences. */
  notes: z.array(z.string()),
});
export type WordImport = z.output<typeof wordImport>;
