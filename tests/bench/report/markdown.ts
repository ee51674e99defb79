import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { BENCHMARKS } from '../benchmarks/index.ts';
import { writePlots } from './plots.ts';
import { checkAim, comparedMetrics, metricsOf, shown, shownRatio } from './ratio.ts';
import { type Figures, type Machine, METRICS, type Metric, type Part, type Row } from './result.ts';

/** `RESULTS.md`, written anew from all the figures that are kept. */

const FOLDER = join(import.meta.dirname, '..');

const cell = (text: string) => text.replaceAll('|', '\\|').replace(/\s+/g, ' ');
const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;

function table(heads: readonly string[], rows: readonly (readonly string[])[], textColumns: number): string {
  const rule = heads.map((_, index) => (index < textColumns ? '---' : '--:'));
  return [line(heads), line(rule), ...rows.map(line)].join('\n');
}

const headOf = (metric: Metric) => `${METRICS[metric].label}（${METRICS[metric].unit}）`;

/** Rows with the same figures share a table. */
function figureTables({ rows }: Figures): string[] {
  const groups = Map.groupBy(rows, (row) => metricsOf(row).join());
  return [...groups.values()].map((group) => {
    const metrics = metricsOf(group[0] as Row);
    const texts = group.map((row) => [
      row.of,
      row.name,
      ...metrics.map((metric) => shown(metric, row.figures[metric] as number)),
    ]);
    return table(['谁', '什么', ...metrics.map(headOf)], texts, 2);
  });
}

function ratioTable({ rows, comparisons }: Figures): string[] {
  const pairs = comparisons.flatMap(({ own, peer }) => {
    const [a, b] = [rows[own], rows[peer]];
    return a && b ? [{ a, b, metrics: comparedMetrics(a, b) }] : [];
  });
  const groups = Map.groupBy(pairs, ({ metrics }) => metrics.join());
  return [...groups.values()].map((group) => {
    const metrics = group[0]?.metrics ?? [];
    const texts = group.map(({ a, b }) => [
      `${a.of} ${a.name} ÷ ${b.of} ${b.name}`,
      ...metrics.map((metric) => shownRatio(a.figures[metric], b.figures[metric])),
    ]);
    return table(['比', ...metrics.map((metric) => METRICS[metric].label)], texts, 1);
  });
}

function aimTable(figures: Figures): string[] {
  const checked = figures.aims.flatMap((aim) => {
    const one = checkAim(figures, aim);
    return one
      ? [
          [
            `${one.what}，${METRICS[aim.metric].label}`,
            one.limit,
            one.value,
            one.isMet ? '达到' : '**没有达到**',
          ],
        ]
      : [];
  });
  return checked.length > 0 ? [table(['目标', '要', '量到', ''], checked, 4)] : [];
}

const minuteOf = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;

/** Ours changes from run to run, so it stands with each part. */
const OWN_VERSION = '本站';

interface Hardware {
  machine: Machine;
  /** By program, every version that was measured with. */
  versions: Map<string, string[]>;
}

const hardwareOf = ({ versions: _, ...hardware }: Machine) => hardware;

function hardwaresOf(parts: readonly Part[]): Hardware[] {
  const found: Hardware[] = [];
  for (const { machine } of parts) {
    let one = found.find((other) => isDeepStrictEqual(hardwareOf(other.machine), hardwareOf(machine)));
    if (!one) {
      one = { machine, versions: new Map() };
      found.push(one);
    }
    for (const [name, version] of Object.entries(machine.versions))
      one.versions.set(name, [...new Set([...(one.versions.get(name) ?? []), version])]);
  }
  return found;
}

/** Machines are numbered: most reports have one. */
const machineName = (machines: readonly Hardware[], machine: Machine) =>
  machines.length === 1
    ? ''
    : `，机器 ${1 + machines.findIndex((one) => isDeepStrictEqual(hardwareOf(one.machine), hardwareOf(machine)))}`;

function partText(part: Part, machines: readonly Hardware[]): string {
  const { figures, failure, size, at, command, seconds } = part;
  const blocks = [...ratioTable(figures), ...figureTables(figures), ...aimTable(figures)];
  const heading = size === undefined ? [] : [`### ${size.toLocaleString('en')} 篇`];
  const commit = part.machine.versions[OWN_VERSION] ?? '不明';
  const origin = `${minuteOf(at)}，\`${command}\`，提交 ${commit}${machineName(machines, part.machine)}，用了 ${seconds} 秒。`;
  const failed = failure
    ? [
        `**没有做完**（${minuteOf(failure.at)}，\`${failure.command}\`）：${cell(failure.message).slice(0, 500)}`,
      ]
    : [];
  return [...heading, origin, ...failed, ...blocks].join('\n\n');
}

function machineTable(machines: readonly Hardware[]): string {
  const programs = [...new Set(machines.flatMap(({ versions }) => [...versions.keys()]))];
  const rows: [string, (hardware: Hardware) => string][] = [
    ['处理器', ({ machine: { cpu, cores } }) => `${cpu}，${cores} 核`],
    ['内存', ({ machine: { memory } }) => `${memory} GB`],
    ['内核', ({ machine: { kernel } }) => kernel],
    ...programs
      .filter((name) => name !== OWN_VERSION)
      .map((name): [string, (hardware: Hardware) => string] => [
        name,
        ({ versions }) => versions.get(name)?.join('、') ?? '没有',
      ]),
  ];
  const heads = machines.length === 1 ? ['', ''] : ['', ...machines.map((_, index) => `机器 ${index + 1}`)];
  return table(
    heads,
    rows.map(([name, of]) => [name, ...machines.map(of)]),
    heads.length,
  );
}

const HEAD = `# 量到的数

这一页由 \`npm run bench\` 写成，不要手改；数在 \`results.json\`，怎样量见 [README](README.md)。

**怎样读。** 每一部分先是比：本站除以同类，同一次运行里量的，小于 1 是本站少（“每秒”是大于 1 好）；后面是原始的数，只在这台机器上有意义。目标是我们给自己定的，没有达到的也写在这里。
`;

/** @param parts everything that is kept, in any order */
export function reportOf(parts: readonly Part[], plots: Readonly<Record<string, readonly string[]>>): string {
  const machines = hardwaresOf(parts);
  const sections = Object.entries(BENCHMARKS).flatMap(([name, { title }]) => {
    const own = parts
      .filter(({ benchmark }) => benchmark === name)
      .sort((a, b) => (a.size ?? 0) - (b.size ?? 0));
    if (own.length === 0) return [];
    const drawn = (plots[name] ?? []).map((file) => `![${title}](plots/${file})`);
    const notes = [...new Set(own.flatMap(({ figures }) => figures.notes))].map((note) => `- ${note}`);
    return [
      [`## ${title}`, ...drawn, ...own.map((part) => partText(part, machines)), notes.join('\n')]
        .filter(Boolean)
        .join('\n\n'),
    ];
  });
  return `${[HEAD.trimEnd(), `## 机器和版本\n\n${machineTable(machines)}`, ...sections].join('\n\n')}\n`;
}

export function writeReport(parts: readonly Part[]): void {
  const plots = writePlots(join(FOLDER, 'plots'), parts);
  writeFileSync(join(FOLDER, 'RESULTS.md'), reportOf(parts, plots));
}
