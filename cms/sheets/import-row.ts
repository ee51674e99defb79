import type { Problem } from '../../src/model/problems.ts';
import { defaultSlug } from '../documents/slug.ts';

/** What an import would make of a row of a sheet. */

export const ROW_KINDS = { new: '新建', changed: '修改', unchanged: '没有变化', error: '有错误' } as const;

export interface ImportRow {
  /** Row number in the spreadsheet program, from 1. */
  number: number;
  kind: keyof typeof ROW_KINDS;
  title: string;
  /** In the format of the sheet: `2026-12-01 09:00`. */
  start: string;
  /** `content/<type>/<slug>.mdx`. */
  path: string;
  /** The file as it would be saved. */
  text: string;
  /** Version of the entry that the row changes; null for a new one. */
  version: string | null;
  /** Whether a row without an identifier was matched to an existing entry. */
  isGuess: boolean;
  /** Errors, and warnings. */
  problems: Problem[];
  changes: { label: string; from: string; to: string }[];
}

/**
 * A slug that no other entry has; it is taken from then on.
 *
 * @param fallback for a title without letters
 */
export function freeSlug(
  { title, start }: { title?: unknown; start?: unknown },
  taken: Set<string>,
  fallback: string,
): string {
  const base = defaultSlug(String(title ?? ''), String(start ?? '')) || fallback;
  let slug = base;
  for (let number = 2; taken.has(slug); number++) slug = `${base}-${number}`;
  taken.add(slug);
  return slug;
}

/** An error of a whole row. */
export const refusal = (message: string): Problem => ({ severity: 'error', file: '', message });
