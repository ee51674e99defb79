import type { FullText, Kept } from './fulltext.ts';

/** The parts of Pagefind's browser module that are used; see https://pagefind.app/docs/api/ */
interface PagefindModule {
  createInstance(options: object): Instance;
}
interface Instance {
  init(): Promise<void>;
  search(term: string | null, options?: object): Promise<{ results: Result[] } | null>;
}
interface Result {
  id: string;
  score: number;
  data(): Promise<{ content: string; raw_url: string; meta: Record<string, string | undefined> }>;
}

const HAN_WORD = /^\p{Script=Han}{2,}$/u;

/** How much a word of the title counts against one of the text; `k` holds the title's bigrams (see `build.ts`). */
const RANKING = { metaWeights: { title: 1, k: 8 } };

/**
 * Opens the Pagefind index beside `script`. Rejects in browsers without WebAssembly, under policies that forbid it,
 * and when files are missing.
 */
export async function openPagefind(script: string): Promise<FullText> {
  if (typeof WebAssembly === 'undefined') throw new Error('no WebAssembly');
  const pagefind = (await import(/* @vite-ignore */ script)) as PagefindModule;
  const instance = createUnsegmented(pagefind);
  await instance.init();

  // Results name documents by an id of Pagefind's; sorting everything by our number tells which is which.
  const everything = (await instance.search(null, { sort: { n: 'asc' } }))?.results ?? [];
  const docOf = new Map(everything.map((result, index) => [result.id, index]));

  /**
   * For a word that no text holds, Pagefind answers with texts that hold its first character; in quotation marks it
   * answers with none.
   */
  const occurring = new Map<string, Promise<boolean>>();
  const occurs = (term: string) => {
    if (!HAN_WORD.test(term)) return true;
    const known = occurring.get(term);
    if (known) return known;
    const asked = instance.search(`"${term}"`).then((found) => (found?.results.length ?? 0) > 0);
    occurring.set(term, asked);
    asked.catch(() => occurring.delete(term));
    return asked;
  };

  return {
    async all(terms) {
      if (!(await Promise.all(terms.map(occurs))).every((known) => known)) return [];
      const found = await instance.search(terms.join(' '));
      return (found?.results ?? []).map(({ id, score }) => ({ doc: docOf.get(id) as number, score }));
    },
    async read(doc): Promise<Kept> {
      const result = everything[doc];
      if (!result) throw new Error(`no document ${doc}`);
      const { content, raw_url, meta } = await result.data();
      return { title: meta.title ?? '', address: raw_url, text: content };
    },
  };
}

/**
 * Pagefind 1.6 cuts queries into words when the page is Chinese, which its index does not follow (issue 1237); it
 * looks at the page's `lang` only while an instance is made. Pinned by `tests/search/engine.test.ts`.
 */
function createUnsegmented(pagefind: PagefindModule): Instance {
  const root = document.documentElement;
  const { lang } = root;
  root.lang = 'und';
  try {
    // On the main thread: a worker fetches 12 kB more and starts later than a search takes.
    return pagefind.createInstance({ noWorker: true, ranking: RANKING });
  } finally {
    root.lang = lang;
  }
}
