/** What a feed holds, whatever its format; `atom.ts` and `json.ts` write it. */

/** One thing in the feeds. Moments carry the zone: `2026-11-06T00:00:00+08:00`. */
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
  author: string;
  items: FeedItem[];
}
