import { z } from 'zod';

/** Uploaded pictures and attachments, and the pages of the media library. */

export const storedMedia = z.object({
  /** `uploads/…` */
  path: z.string(),
  /** Bytes. */
  size: z.number(),
});
export type StoredMedia = z.output<typeof storedMedia>;

const MAX_QUERY = 200;
const MAX_PAGE = 100_000;

/** Query of `GET /api/media`. */
export const mediaQuery = z.object({
  /** Words of names, in Chinese or as they are spelt; all of them must occur. Everything when blank. */
  query: z.string().max(MAX_QUERY).optional(),
  /** From 1. */
  page: z.coerce.number().int().min(1).max(MAX_PAGE).optional(),
  /** Present, with any value, for pictures alone. */
  images: z.string().optional(),
});

/** One page of the library. */
export const mediaPage = z.object({ files: z.array(storedMedia), hasMore: z.boolean() });
export type MediaPage = z.output<typeof mediaPage>;
