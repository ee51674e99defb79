import { type Aim, type Figures, METRICS, type Metric, type Row } from './result.ts';

/** Ratios and aims, worked out from the figures of one part. */

/** A number of this metric as the report writes it. */
export const shown = (metric: Metric, value: number): string => {
  const { digits } = METRICS[metric];
  return value !== 0 && Math.abs(value) < 10 ** -digits ? value.toPrecision(1) : value.toFixed(digits);
};

/** 13.4, 1.05, 0.083: three digits, never more than two decimals above one; `—` when there is nothing to divide by. */
export function shownRatio(own: number | undefined, peer: number | undefined): string {
  if (own === undefined || peer === undefined || !(peer > 0) || !Number.isFinite(own)) return '—';
  const ratio = own / peer;
  if (ratio >= 100) return ratio.toFixed(0);
  if (ratio >= 10) return ratio.toFixed(1);
  return ratio >= 1 || ratio === 0 ? ratio.toFixed(2) : ratio.toPrecision(2);
}

/** Metrics of a row, in the order of columns. */
export const metricsOf = ({ figures }: Row): Metric[] =>
  (Object.keys(METRICS) as Metric[]).filter((metric) => figures[metric] !== undefined);

/** What two rows can be compared in; how many there were is no figure of merit. */
export const comparedMetrics = (own: Row, peer: Row): Metric[] =>
  metricsOf(own).filter((metric) => metric !== 'count' && peer.figures[metric] !== undefined);

export interface CheckedAim {
  what: string;
  /** `≤ 4`, `≥ 0.5`, with the unit unless it is a ratio. */
  limit: string;
  value: string;
  isMet: boolean;
}

/** Undefined where the figure is not there. */
export function checkAim({ rows }: Figures, aim: Aim): CheckedAim | undefined {
  const own = rows[aim.own]?.figures[aim.metric];
  const peer = aim.peer === undefined ? undefined : rows[aim.peer]?.figures[aim.metric];
  if (own === undefined || (aim.peer !== undefined && !(peer !== undefined && peer > 0))) return undefined;
  const isRatio = peer !== undefined;
  const value = isRatio ? own / peer : own;
  const unit = isRatio ? ' 倍' : ` ${METRICS[aim.metric].unit}`;
  return {
    what: aim.what,
    limit: `${aim.most === undefined ? `≥ ${aim.least}` : `≤ ${aim.most}`}${unit}`,
    value: (isRatio ? shownRatio(own, peer) : shown(aim.metric, own)) + unit,
    isMet:
      value <= (aim.most ?? Number.POSITIVE_INFINITY) && value >= (aim.least ?? Number.NEGATIVE_INFINITY),
  };
}
