import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What of the content a page reads while it is made, by name. Publishing keeps the names beside the page: while what they
 * name is the same (`versions.ts`), the page is (`cms/server/building`). Everything through which pages read content,
 * pictures or the day notes it here.
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

/** One for the process: templates bring a copy of this module along. */
const SHARED = Symbol.for('portal.reads');
const shared = globalThis as { [SHARED]?: AsyncLocalStorage<Set<Read>> };
shared[SHARED] ??= new AsyncLocalStorage<Set<Read>>();
const reading = shared[SHARED];

/** Says that the page that is being made has read this. Costs nothing where nobody listens. */
export const noteRead = (what: Read): void => void reading.getStore()?.add(what);

/** Does some work, and tells what it has read. */
export async function withReads<Value>(
  work: () => Value | Promise<Value>,
): Promise<{ value: Value; reads: Set<Read> }> {
  const reads = new Set<Read>();
  const value = await reading.run(reads, work);
  return { value, reads };
}

/**
 * Works something out once a build. Who asks for it later has read what it was made of, too. In development, where content
 * changes while the process runs, it is worked out each time.
 */
export function once<Value>(work: () => Value): () => Value {
  if (!import.meta.env.PROD) return work;
  let known: { value: Value; reads: Set<Read> } | undefined;
  const note = () => {
    for (const what of known?.reads ?? []) noteRead(what);
  };
  return () => {
    if (!known) {
      const reads = new Set<Read>();
      known = { value: reading.run(reads, work), reads };
    }
    if (!(known.value instanceof Promise)) {
      note();
      return known.value;
    }
    // Not all is read before it is done.
    return known.value.then((value) => {
      note();
      return value;
    }) as Value;
  };
}
