import type { FullText, Kept } from './fulltext.ts';
import { docsOf, type Parts, RECENT_LANGUAGE, rarity } from '../parts.ts';

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

/** A language that Pagefind has no index for: it takes the largest. */
const UNKNOWN_LANGUAGE = 'und';

/** A single Han character is found at the beginning of words. */
const WORD = /^(?:\p{Script=Han}{2,}|[^\p{Script=Han}]+)$/u;

/** How much a word of the title counts against one of the text; `k` holds the title's bigrams (see `build.ts`). */
const RANKING = { metaWeights: { title: 1, k: 8 } };

/**
 * Opens the Pagefind index in the folder of `script`. Rejects in browsers without WebAssembly, under policies that forbid it,
 * and when files are missing.
 *
 * @param parts how the index is put together, when it is more than one
 */
export async function openPagefind(script: string, parts?: Promise<Parts | undefined>): Promise<FullText> {
  if (typeof WebAssembly === 'undefined') throw new Error('no WebAssembly');
  const pagefind = (await import(/* @vite-ignore */ script)) as PagefindModule;
  const base = await openIndex(pagefind, UNKNOWN_LANGUAGE);
  const joint = await parts;
  if (!joint) return base;
  const recent = joint.recent.length > 0 ? await openIndex(pagefind, RECENT_LANGUAGE) : undefined;
  return joined(base, recent, joint);
}

/** One index out of two: documents that the base holds in an old version are left out. */
function joined(base: FullText, recent: FullText | undefined, parts: Parts): FullText {
  const baseDocs = docsOf(parts.base);
  const basePosition = new Map(baseDocs.map((doc, position) => [doc, position]));
  const recentPosition = new Map(parts.recent.map((doc, position) => [doc, position]));
  const documents = baseDocs.length + parts.recent.length;

  return {
    async all(terms) {
      const [old, fresh] = await Promise.all([base.all(terms), recent ? recent.all(terms) : []]);
      const common = rarity(documents, old.length + fresh.length);
      const weight = (size: number, holding: number) => common / rarity(size, holding);
      const oldWeight = weight(baseDocs.length, old.length);
      const freshWeight = weight(parts.recent.length, fresh.length);
      return [
        ...old.map(({ doc, score }) => ({ doc: baseDocs[doc] as number, score: score * oldWeight })),
        ...fresh.map(({ doc, score }) => ({ doc: parts.recent[doc] as number, score: score * freshWeight })),
      ]
        .filter(({ doc }) => doc >= 0)
        .sort((a, b) => b.score - a.score);
    },
    read(doc) {
      const position = recentPosition.get(doc);
      if (recent && position !== undefined) return recent.read(position);
      return base.read(basePosition.get(doc) ?? -1);
    },
  };
}

/** One of the indexes in Pagefind's folder, its documents by their position in it. */
async function openIndex(pagefind: PagefindModule, language: string): Promise<FullText> {
  const instance = createUnsegmented(pagefind, language);
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
    if (!WORD.test(term)) return true;
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
 * looks at the page's `lang` only while an instance is made. Pinned by `tests/site/search/engine.test.ts`.
 */
function createUnsegmented(pagefind: PagefindModule, language: string): Instance {
  const root = document.documentElement;
  const { lang } = root;
  root.lang = language;
  try {
    // On the main thread: a worker fetches 12 kB more and starts later than a search takes.
    return pagefind.createInstance({ noWorker: true, ranking: RANKING });
  } finally {
    root.lang = lang;
  }
}
