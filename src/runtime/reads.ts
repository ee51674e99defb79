import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * What of the content a page reads while it is made, by name. Publishing keeps the names beside the page: while what they
 * name is the same (`versions.ts`), the page is (`cms/server/build`). Everything through which pages read content,
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

interface Shared {
  reading: AsyncLocalStorage<Set<Read>>;
  /** How often something was said to have changed. */
  changes: number;
  /** What changed, and at which of them the last time. */
  changedAt: Map<Read, number>;
}

/** One for the process: templates bring a copy of this module along. */
const SHARED = Symbol.for('portal.reads');
const everywhere = globalThis as { [SHARED]?: Shared };
everywhere[SHARED] ??= { reading: new AsyncLocalStorage(), changes: 0, changedAt: new Map() };
const shared = everywhere[SHARED];

/** Says that the page that is being made has read this. Costs nothing where nobody listens. */
export const noteRead = (what: Read): void => void shared.reading.getStore()?.add(what);

/** Does some work, and tells what it has read. */
export async function withReads<Value>(
  work: () => Value | Promise<Value>,
): Promise<{ value: Value; reads: Set<Read> }> {
  const reads = new Set<Read>();
  const value = await shared.reading.run(reads, work);
  return { value, reads };
}

/** Says that something is no longer what it was; whatever `once` made of it is made anew when it is asked for. */
export function noteChange(what: Read): void {
  shared.changes++;
  shared.changedAt.set(what, shared.changes);
}

interface Known<Value> {
  value: Value;
  reads: Set<Read>;
  /** `changes` when it was made. */
  madeAt: number;
}

const isCurrent = ({ reads, madeAt }: Known<unknown>): boolean =>
  shared.changes === madeAt || ![...reads].some((what) => (shared.changedAt.get(what) ?? 0) > madeAt);

/**
 * Works something out once a build. Who asks for it later has read what it was made of, too. In development, where content
 * changes while the process runs, it is worked out each time.
 */
export function once<Value>(work: () => Value): () => Value {
  const each = onceEach<void, Value>(() => work());
  return () => each(undefined);
}

/** The same for each of several questions. */
export function onceEach<Question, Value>(
  work: (question: Question) => Value,
): (question: Question) => Value {
  if (!import.meta.env.PROD) return work;
  const known = new Map<Question, Known<Value>>();
  return (question) => {
    let found = known.get(question);
    if (!found || !isCurrent(found)) {
      const reads = new Set<Read>();
      const madeAt = shared.changes;
      found = { value: shared.reading.run(reads, () => work(question)), reads, madeAt };
      known.set(question, found);
    }
    const { value, reads } = found;
    const note = () => {
      for (const what of reads) noteRead(what);
    };
    if (!(value instanceof Promise)) {
      note();
      return value;
    }
    // Not all is read before it is done.
    return value.then((done) => {
      note();
      return done;
    }) as Value;
  };
}
