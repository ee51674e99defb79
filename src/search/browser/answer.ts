import type { Query } from '../query.ts';
import type { Title } from '../title-row.ts';

/** How sure a result is, in the order shown. */
export const TIERS = {
  lead: '先看这里',
  full: '完全匹配',
  near: '您是不是要找',
  related: '相关',
} as const;

export type Tier = keyof typeof TIERS;

export interface Found {
  /** Number of the document. */
  readonly doc: number;
  readonly tier: Tier;
  /** Known when the title index found it. */
  readonly title?: Title | undefined;
}

export interface Answer {
  readonly query: Query;
  /** Best first, tier by tier, each document once. */
  readonly found: readonly Found[];
  /** What to mark in titles and excerpts, longest first. */
  readonly terms: readonly string[];
  /** What was looked up as well as what nothing holds. */
  readonly corrected?: string | undefined;
  /** The days that were asked for, as a reader would say them. */
  readonly days?: string | undefined;
}
