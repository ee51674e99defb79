/** What search needs from a full-text engine; see `text-index.ts`. */
export interface FullText {
  /** The documents that hold every term (see `termsOf`), best first. */
  all(terms: readonly string[]): Promise<Ranked[]>;
  /** What is kept of a document. */
  read(doc: number): Promise<Kept>;
}

export interface Ranked {
  readonly doc: number;
  /** Comparable within one answer only. */
  readonly score: number;
}

export interface Kept {
  readonly title: string;
  /** Site address without the base path. */
  readonly address: string;
  /** Title and text in simplified characters, with a line feed between them. */
  readonly text: string;
}
