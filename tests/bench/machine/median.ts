import type { Cost } from './measure.ts';

/** The value below which a share of the values lies, by the nearest rank; NaN without values. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

/** The median of each figure of some runs: another job on the machine may lengthen one run's wall time and not its processor time. */
export function medianCost(costs: readonly Cost[]): Cost {
  const middle = (metric: keyof Cost) =>
    quantile(
      costs.map((cost) => cost[metric]),
      0.5,
    );
  return { wall: middle('wall'), cpu: middle('cpu'), memory: middle('memory') };
}
