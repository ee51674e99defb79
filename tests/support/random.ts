import fc from 'fast-check';

/**
 * How many cases the property-based tests try: few in `npm test`, many in `npm run test:all`. A failure prints its seed
 * and path, which `fc.assert(…, { seed, path })` repeats. `RUNS=20000` before either command tries that many.
 *
 * The cases are the same at every run, so that a change is blamed for its own faults only; `SEED=random` before either
 * command looks for new ones.
 */
const isAll = process.env.TESTS === 'all';

/** Cases of a property that takes well under a millisecond; the default of every `fc.assert`. */
export const RUNS = Number(process.env.RUNS) || (isAll ? 1500 : 100);

/** Cases of a property that writes files, parses documents or runs programs: give it as `numRuns`. */
export const FEW_RUNS = isAll ? 100 : 15;

const { SEED } = process.env;
export const seed = SEED === 'random' ? Date.now() : Number(SEED) || 20_261_128;

fc.configureGlobal({ numRuns: RUNS, seed });
