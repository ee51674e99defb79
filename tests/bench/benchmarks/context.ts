import type { Sheet } from '../report/result.ts';

/** What a benchmark is given. */
export interface Context {
  sheet: Sheet;
  /** Articles. */
  size: number;
  /** How often to measure what varies: less on large sites. */
  runs: number;
}

export type Benchmark = (context: Context) => void | Promise<void>;
