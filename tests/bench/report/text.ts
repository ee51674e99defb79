import { checkAim, comparedMetrics, metricsOf, shown, shownRatio } from './ratio.ts';
import { METRICS, type Part, type Row } from './result.ts';

/** A part as lines for the terminal. */
export function printed({ figures, failure, seconds }: Part): string {
  const { rows, comparisons, aims, notes } = figures;
  const nameOf = ({ of, name }: Row) => `${of}，${name}`;
  const lines = rows.map(
    (row) =>
      `  ${nameOf(row)}：${metricsOf(row)
        .map(
          (metric) =>
            `${METRICS[metric].label} ${shown(metric, row.figures[metric] as number)} ${METRICS[metric].unit}`,
        )
        .join('，')}`,
  );
  for (const comparison of comparisons) {
    const [own, peer] = [rows[comparison.own], rows[comparison.peer]];
    if (!own || !peer) continue;
    const ratios = comparedMetrics(own, peer).map(
      (metric) => `${METRICS[metric].label} ${shownRatio(own.figures[metric], peer.figures[metric])}`,
    );
    lines.push(`  ${nameOf(own)} ÷ ${nameOf(peer)}：${ratios.join('，')}`);
  }
  for (const aim of aims) {
    const checked = checkAim(figures, aim);
    if (checked)
      lines.push(
        `  ${checked.isMet ? '✓' : '✗'} ${checked.what}（${METRICS[aim.metric].label}）${checked.value}，目标 ${checked.limit}`,
      );
  }
  lines.push(...notes.map((note) => `  ${note}`));
  if (failure) lines.push(`  没有做完：${failure.message}`);
  lines.push(`  用了 ${seconds} 秒`);
  return lines.join('\n');
}
