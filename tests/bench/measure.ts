import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** What one run of a command cost. */
export interface Cost {
  /** Wall-clock seconds. */
  wall: number;
  /** Processor seconds of the process and its children. */
  cpu: number;
  /** Highest resident memory seen, of the process and its children together, in MB. */
  memory: number;
}

const CLOCK_TICKS_PER_S = 100;
const PAGE_BYTES = 4096;

/** Runs a command to its end and measures it (Linux: /proc). Throws when it fails. */
export async function measure(
  command: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Cost> {
  const start = performance.now();
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'ignore', 'pipe'] });
  let errors = '';
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const seen = new Map<number, number>();
  let memory = 0;
  const look = setInterval(() => {
    const tree = processTree(child.pid ?? 0);
    for (const { pid, cpu } of tree) seen.set(pid, cpu);
    memory = Math.max(
      memory,
      tree.reduce((sum, item) => sum + item.memory, 0),
    );
  }, 50);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('close', resolve).on('error', reject),
  );
  clearInterval(look);
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}\n${errors.slice(-2000)}`);
  const cpu = [...seen.values()].reduce((sum, value) => sum + value, 0);
  return { wall: (performance.now() - start) / 1000, cpu, memory };
}

function processTree(root: number): { pid: number; cpu: number; memory: number }[] {
  const found: { pid: number; cpu: number; memory: number }[] = [];
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    const folder = `/proc/${pid}`;
    if (!existsSync(folder)) continue;
    try {
      const fields = readFileSync(`${folder}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      const pages = Number(readFileSync(`${folder}/statm`, 'utf8').split(' ')[1]);
      const cpu = (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS_PER_S;
      found.push({ pid, cpu, memory: (pages * PAGE_BYTES) / 1e6 });
      const children = readFileSync(`${folder}/task/${pid}/children`, 'utf8');
      waiting.push(...children.split(' ').filter(Boolean).map(Number));
    } catch {
      // It ended while we looked.
    }
  }
  return found;
}

/** The run with the median wall time. */
export function median(costs: readonly Cost[]): Cost {
  return [...costs].sort((a, b) => a.wall - b.wall)[Math.floor(costs.length / 2)] as Cost;
}
