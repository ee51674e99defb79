export type ZipProblem =
  /** Cut off, or its parts contradict one another. */
  | 'damaged'
  | 'encrypted'
  | 'zip64'
  | 'unknown-method'
  /** A name such as `../../etc/passwd` or `C:\x`. */
  | 'path-traversal'
  | 'symbolic-link'
  | 'too-many-entries'
  | 'too-large'
  /** Over `maxRatio`. */
  | 'bomb';

export class ZipError extends Error {
  readonly problem: ZipProblem;
  /** Name of the entry, or how many there are. */
  readonly detail: string;

  constructor(problem: ZipProblem, { detail = '', cause }: { detail?: string; cause?: unknown } = {}) {
    super(`${problem} ${detail}`.trim(), { cause });
    this.problem = problem;
    this.detail = detail;
  }
}

/** Whatever yauzl and zlib say about an archive means that it is damaged. */
export const orDamaged = <T>(promise: Promise<T>): Promise<T> =>
  promise.catch((cause: unknown) => {
    throw cause instanceof ZipError ? cause : new ZipError('damaged', { cause });
  });
