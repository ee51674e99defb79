import type { Context } from 'hono';
import type { BatchItem } from '../../../services/newsroom/index.ts';
import { type BatchStep, isBatchStep, MOST_AT_ONCE } from './steps.ts';

/** A list with tick-boxes as a browser sends it. */

/** The value of an entry's tick-box: which entry, and the text that the person had before them. */
export const itemValue = ({ path, version }: Pick<BatchItem, 'path' | 'version'>) => `${path}|${version}`;

export interface PostedBatch {
  step: BatchStep | undefined;
  /** Those ticked, or all of the list. */
  items: BatchItem[];
  /** Whether 「全部」 was ticked: then only those are meant for which it is time. */
  isAll: boolean;
  comment: string;
  /** Publish nothing when one is refused. */
  isAllOrNone: boolean;
  /** Messages of the warnings that were shown and are said to have been read, by path. */
  accepted: ReadonlyMap<string, string[]>;
}

/** The value of a warning that a page shows. */
export const seenValue = (path: string, message: string) => `${path}|${message}`;

function messagesByPath(values: readonly unknown[]): Map<string, string[]> {
  const seen = new Map<string, string[]>();
  for (const value of values) {
    const [, path = '', message = ''] = /^([^|]+)\|([\s\S]+)$/.exec(String(value)) ?? [];
    if (path) seen.set(path, [...(seen.get(path) ?? []), message]);
  }
  return seen;
}

export async function postedBatch({ req }: Context): Promise<PostedBatch> {
  const sent = await req.formData();
  const textOf = (name: string) => {
    const value = sent.get(name);
    return typeof value === 'string' ? value : '';
  };
  const isAll = textOf('all') !== '';
  const values = sent
    .getAll(isAll ? 'listed' : 'item')
    .filter((value): value is string => typeof value === 'string')
    .slice(0, MOST_AT_ONCE);
  const items = [...new Set(values)].flatMap((value): BatchItem[] => {
    const [path = '', version = ''] = value.split('|');
    return path && version ? [{ path, version }] : [];
  });
  const step = textOf('step');
  return {
    step: isBatchStep(step) ? step : undefined,
    items,
    isAll,
    comment: textOf('comment').replace(/\r\n?/g, '\n').trim(),
    isAllOrNone: textOf('together') === 'all',
    accepted: textOf('read') === '' ? new Map() : messagesByPath(sent.getAll('seen')),
  };
}
