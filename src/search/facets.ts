/** What results are narrowed by. Names are the parameters of the search page's address. */
export const FACETS = {
  type: '类别',
  topic: '主题',
  audience: '人群',
  township: '乡镇',
  year: '年份',
} as const;

export type FacetName = keyof typeof FACETS;

export const FACET_NAMES = Object.keys(FACETS) as FacetName[];

/** Chinese labels of one document, by facet. */
export type FacetLabels = Partial<Record<FacetName, readonly string[]>>;

/** Facets of all documents by column, as the browser fetches them. */
export type FacetsFile = Record<
  FacetName,
  {
    /** Labels, in the order shown. */
    values: string[];
    /** The combinations of values that occur. */
    sets: number[][];
    /** For each document, the index of its combination. */
    column: number[];
  }
>;

/** Labels that the visitor has ticked, by facet. */
export type Chosen = Readonly<Partial<Record<FacetName, readonly string[]>>>;

/** A value that results can be narrowed to. */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
  readonly chosen: boolean;
}

/** Puts the labels of all documents into columns; `order` says which labels come first. */
export function packFacets(
  documents: readonly FacetLabels[],
  order: Partial<Record<FacetName, readonly string[]>> = {},
): FacetsFile {
  const pack = (name: FacetName) => {
    const present = new Set(documents.flatMap((labels) => labels[name] ?? []));
    const listed = (order[name] ?? []).filter((value) => present.has(value));
    const values = Array.from(
      new Set([...listed, ...Array.from(present).sort((a, b) => a.localeCompare(b, 'zh'))]),
    );
    const sets: number[][] = [];
    const known = new Map<string, number>();
    const column = documents.map((labels) => {
      const set = (labels[name] ?? []).map((value) => values.indexOf(value)).sort((a, b) => a - b);
      const key = set.join();
      if (!known.has(key)) known.set(key, sets.push(set) - 1);
      return known.get(key) as number;
    });
    return { values, sets, column };
  };
  return {
    type: pack('type'),
    topic: pack('topic'),
    audience: pack('audience'),
    township: pack('township'),
    year: pack('year'),
  };
}

/** The labels of a document in one facet. */
export const labelsOf = (file: FacetsFile, name: FacetName, doc: number): string[] => {
  const { values, sets, column } = file[name];
  return (sets[column[doc] ?? -1] ?? []).map((index) => values[index] as string);
};

/** Whether a document has, in every facet with ticked labels, one of them. `except` is left out of account. */
export function accepts(file: FacetsFile, chosen: Chosen, doc: number, except?: FacetName): boolean {
  return FACET_NAMES.every((name) => {
    const wanted = chosen[name];
    if (!wanted || wanted.length === 0 || name === except) return true;
    return labelsOf(file, name, doc).some((label) => wanted.includes(label));
  });
}

/**
 * For each facet, its labels among the documents with how many they would leave; ticked labels stay listed with 0.
 * A facet's own ticks do not count against its other labels, so that several can be ticked.
 */
export function countFacets(
  file: FacetsFile,
  documents: readonly number[],
  chosen: Chosen,
): Record<FacetName, FacetCount[]> {
  const counted = {} as Record<FacetName, FacetCount[]>;
  for (const name of FACET_NAMES) {
    const counts = new Map<string, number>();
    for (const doc of documents)
      if (accepts(file, chosen, doc, name))
        for (const label of labelsOf(file, name, doc)) counts.set(label, (counts.get(label) ?? 0) + 1);
    counted[name] = file[name].values
      .map((value) => ({
        value,
        count: counts.get(value) ?? 0,
        chosen: chosen[name]?.includes(value) ?? false,
      }))
      .filter(({ count, chosen: ticked }) => count > 0 || ticked);
  }
  return counted;
}

/** The state that a search address holds: `?q=青贮&type=科普文章&type=辟谣`. */
export interface SearchState {
  readonly q: string;
  readonly chosen: Chosen;
}

/** Reads `location.search`; unknown parameters are skipped. */
export function readState(search: string): SearchState {
  const parameters = new URLSearchParams(search);
  const chosen: Partial<Record<FacetName, string[]>> = {};
  for (const name of FACET_NAMES) {
    const values = parameters.getAll(name).filter((value) => value);
    if (values.length > 0) chosen[name] = values;
  }
  return { q: parameters.get('q') ?? '', chosen };
}

/** The inverse of `readState`; empty, or beginning with `?`. */
export function writeState({ q, chosen }: SearchState): string {
  const parameters = new URLSearchParams();
  if (q) parameters.append('q', q);
  for (const name of FACET_NAMES) for (const value of chosen[name] ?? []) parameters.append(name, value);
  const text = parameters.toString();
  return text && `?${text}`;
}
