/** Another generator that builds the same articles: a page an article, lists of twenty, a list a topic and a feed. */
export interface Peer {
  name: string;
  /** Writes the site of the articles in `articles` to `folder`, which is empty. */
  prepare: (articles: string, folder: string) => void;
  /** What earlier builds left in a site's folder, to be deleted before a cold one. */
  leftovers: readonly string[];
  command: (folder: string) => [string, string[]];
  /** File of an article's page. */
  page: (folder: string, slug: string) => string;
}

/** What stands in all their pages. */
export const LAYOUT_HEAD =
  '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">';

/** Articles of a list page. */
export const LISTED = 20;
