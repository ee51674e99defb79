/** The figures of a year, from entries alone. See README.md. */
export { activityOf } from './activity.ts';
export { breakdown, type Row } from './breakdown.ts';
export { type Coverage, coverageOf, type Reach } from './coverage.ts';
export { mayBeStated } from './derived.ts';
export { type Dimension, type Facets, type Scope, unknownFacets } from './facets.ts';
export { type Figure, figureOfIndicator, figuresOf } from './figure.ts';
export type { Method, Part } from './part.ts';
export {
  type Indicator,
  isHeld,
  type SnapshotRecord,
  SOURCE_TYPES,
  type SourceRecord,
  type YearRecords,
} from './records.ts';
export { readYearRecords } from './read.ts';
export { type MethodShares, sumOf } from './sum.ts';
export {
  type Change,
  type Comparison,
  compareYears,
  type YearSoFar,
  yearSoFar,
  yearsWithFigures,
} from './years.ts';
