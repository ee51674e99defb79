import { z } from 'zod';
import { SLUG } from '../../src/model/slug.ts';

/** The site that is being built, and the preview of one of its pages. */

/** How far the site has taken up what was published. */
export const buildStatus = z.object({
  state: z.enum(['idle', 'building', 'failed']),
  /** When the live site was built, ISO 8601; absent until there is one. */
  builtAt: z.string().optional(),
  /** Why the last build failed. */
  message: z.string().optional(),
  /** Whether the live site has the file that was asked for as it is published; without one, whether there is a site. */
  isLive: z.boolean(),
});
export type BuildStatus = z.output<typeof buildStatus>;

/** `POST /api/preview`: an entry as it stands in the form. */
export const previewRequest = z.object({
  /** Name of the content type. */
  type: z.string(),
  slug: z.string().regex(SLUG),
  /** The whole file. */
  text: z.string(),
});

/** The drawn page, or why there is none. */
export const drawnPage = z.object({
  /** The whole page; absent when such an entry has none. */
  html: z.string().optional(),
  /** Whether asking again in a moment may help: the site is just being renewed. */
  isLater: z.boolean(),
});
export type DrawnPage = z.output<typeof drawnPage>;
