import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What a page reads of the content while it is made, by name. Publishing keeps the names with the page: while what they
 * name is the same (`store/versions.ts`), the page is. Everything through which pages read content, pictures or the day
 * records it here.
 */

/** What can be read; the word after the colon is a type, a list, a digest or an address. */
export type Read =
  | `entries:${string}`
  | `body:${string}`
  | `data:${string}`
  | `picture:${string}`
  | `upload:${string}`
  | 'today'
  | 'now';

/** Records reads of one content, and what of it has changed since. */
export interface Recorder {
  /** The page that is being made has read this. Costs nothing while no reads are collected. */
  record: (what: Read) => void;
  /** Does some work, and tells what it has read. */
  collect: <Value>(work: () => Value | Promise<Value>) => Promise<{ value: Value; reads: Set<Read> }>;
  /** Does some work, its reads going into the given set and nowhere else. */
  collectInto: <Value>(reads: Set<Read>, work: () => Value) => Value;
  /** This is no longer what it was: whatever was made of it is made again when it is asked for. */
  change: (what: Read) => void;
  /** Number of changes so far. */
  changes: () => number;
  /** Whether one of these has changed after so many changes. */
  hasChanged: (reads: Iterable<Read>, since: number) => boolean;
}

export function createRecorder(): Recorder {
  const collecting = new AsyncLocalStorage<Set<Read>>();
  const changedAt = new Map<Read, number>();
  let changes = 0;
  return {
    record: (what) => void collecting.getStore()?.add(what),
    async collect(work) {
      const reads = new Set<Read>();
      const value = await collecting.run(reads, work);
      return { value, reads };
    },
    collectInto: (reads, work) => collecting.run(reads, work),
    change(what) {
      changes++;
      changedAt.set(what, changes);
    },
    changes: () => changes,
    hasChanged: (reads, since) =>
      changes !== since && [...reads].some((what) => (changedAt.get(what) ?? 0) > since),
  };
}
