import { createRecorder, type Read, type Recorder } from './reads.ts';

/**
 * The content that the pages of this process are made of. It hangs on `globalThis`, since compiled templates bring a copy
 * of this module along: the process that loads them hands the content over here. Code that is not part of a page is given
 * its content as an argument.
 */
const CURRENT = Symbol.for('portal.content');
const slot = globalThis as { [CURRENT]?: { recorder: Recorder } };

/** Reads before there is any content: the clock of a script. */
const unused = createRecorder();

export const currentOf = <Content extends { recorder: Recorder }>(): Content | undefined =>
  slot[CURRENT] as Content | undefined;

export function setCurrent<Content extends { recorder: Recorder }>(content: Content): Content {
  slot[CURRENT] = content;
  return content;
}

const recorder = (): Recorder => slot[CURRENT]?.recorder ?? unused;

/** The page that is being made has read this. */
export const recordRead = (what: Read): void => recorder().record(what);

interface Memo<Value> {
  value: Value;
  reads: Set<Read>;
  /** Changes of the content when it was made. */
  madeAt: number;
}

/**
 * Works something out once a build. A page that asks for it later has read what it was made of, too. In development, where
 * content changes while the process runs, it is worked out each time.
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
  const memos = new WeakMap<Recorder, Map<Question, Memo<Value>>>();
  return (question) => {
    const own = recorder();
    const answers = memos.get(own) ?? new Map<Question, Memo<Value>>();
    memos.set(own, answers);
    let found = answers.get(question);
    if (!found || own.hasChanged(found.reads, found.madeAt)) {
      const reads = new Set<Read>();
      const madeAt = own.changes();
      found = { value: own.collectInto(reads, () => work(question)), reads, madeAt };
      answers.set(question, found);
    }
    const { value, reads } = found;
    const recordAll = () => {
      for (const what of reads) own.record(what);
    };
    if (!(value instanceof Promise)) {
      recordAll();
      return value;
    }
    // Not all is read before it is done.
    return value.then((done) => {
      recordAll();
      return done;
    }) as Value;
  };
}
