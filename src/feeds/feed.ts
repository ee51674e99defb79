/** What a feed holds, whatever its format; `atom.ts` and `json.ts` write it. */

/** One item of a feed. Moments have their zone: `2026-11-06T00:00:00+08:00`. */
export interface FeedItem {
  /** Full address. */
  url: string;
  /** Stays when the page moves, and tells several items of one page apart; absent where the address does both. */
  id?: string;
  title: string;
  summary: string;
  published: string;
  updated: string;
  author: string;
  tags: string[];
  image?: string;
}

export interface Feed {
  title: string;
  description: string;
  /** Full address of the site, and of the folder that holds the feeds. */
  home: string;
  /** Full address of the site's square icon, a PNG. */
  icon: string;
  author: string;
  items: FeedItem[];
}

/** When the feed last changed: with the newest of its items. RFC 4287 wants a moment even where nothing has been published yet. */
export const updatedOf = ({ items }: Pick<Feed, 'items'>): string =>
  [...items.map(({ updated }) => updated), '2000-01-01T00:00:00+08:00'].sort().at(-1) as string;
