/** What search asks of a full-text engine. Another engine can take Pagefind's place by giving these two answers. */
export interface FullText {
  /** The documents that hold every term (see `termsOf`), best first. */
  all(terms: readonly string[]): Promise<Ranked[]>;
  /** What is kept of a document. */
  read(doc: number): Promise<Kept>;
}

interface Ranked {
  readonly doc: number;
  /** Comparable within one answer only. */
  readonly score: number;
}

export interface Kept {
  readonly title: string;
  /** Site address without the base path. */
  readonly address: string;
  readonly text: string;
}
