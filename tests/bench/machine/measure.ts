import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';

/** What one run of a command cost. */
export interface Cost {
  /** Wall-clock seconds. */
  wall: number;
  /** Processor seconds of the process and of everything that it started and waited for. */
  cpu: number;
  /** Highest memory seen, of the process and its descendants together, in MB; see `MEMORY`. */
  memory: number;
}

export interface MeasureOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Processors that it may use, as `taskset -c` takes them. */
  cpus?: string;
}

/** Whether the kernel tells how shared pages are divided (`smaps_rollup`). */
const HAS_PSS = existsSync('/proc/self/smaps_rollup');

/** How memory is counted, Chinese. */
export const MEMORY = HAS_PSS
  ? '进程树各进程 PSS 之和的最高值（共用的内存页平分，不重复算）'
  : '进程树各进程 RSS 之和的最高值（共用的内存页重复算）';

export const hasTaskset = ['/usr/bin/taskset', '/bin/taskset'].some((path) => existsSync(path));

/**
 * The shell waits for the command and then tells what all processes below it used (`times`, POSIX): the kernel adds the time of
 * a process to its parent's account when the parent takes note of its end, so short ones count in full. Only those whose parent
 * ended before them are missing.
 */
const ACCOUNT = '"$0" "$@"; code=$?; times >&3; exit $code';

/** Runs a command to its end and measures it (Linux: /proc). Throws when it fails. */
export async function measure(
  command: string,
  args: readonly string[],
  { cwd, env, cpus }: MeasureOptions = {},
): Promise<Cost> {
  const whole = cpus === undefined ? [command, ...args] : ['taskset', '-c', cpus, command, ...args];
  const start = performance.now();
  const child = spawn('sh', ['-c', ACCOUNT, ...whole], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  let account = '';
  child.stderr?.on('data', (chunk) => {
    errors = (errors + chunk).slice(-2000);
  });
  (child.stdio[3] as Readable).on('data', (chunk) => {
    account += chunk;
  });
  const memory = watchMemory(child.pid ?? 0);
  const code = await new Promise<number | null>((resolve, reject) =>
    child.on('close', resolve).on('error', reject),
  );
  const highest = memory.stop();
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}（${code}）\n${errors}`);
  return { wall: (performance.now() - start) / 1000, cpu: childSeconds(account), memory: highest };
}

/** Of what `times` prints, the second line: user and system time of the children, `0m1.234s 0m0.100s`. */
export function childSeconds(account: string): number {
  const times = [...account.matchAll(/(\d+)m([\d.]+)s/g)].map(([, m, s]) => Number(m) * 60 + Number(s));
  const [, , user, system] = times;
  if (user === undefined || system === undefined) throw new Error(`看不懂 times 的回答：${account}`);
  return user + system;
}

const LOOK_EVERY_MS = 100;
/** The kernel walks the pages of a process to answer: no more than this share of the time goes into asking. */
const SHARE_OF_LOOKING = 0.1;
const LOOK_AT_LEAST_EVERY_MS = 1000;

/** Looks at the memory of a process and its descendants until it is stopped. */
export function watchMemory(root: number): { stop: () => number } {
  let highest = 0;
  let timer: ReturnType<typeof setTimeout>;
  const look = () => {
    const began = performance.now();
    highest = Math.max(highest, memoryOf(root));
    const took = performance.now() - began;
    timer = setTimeout(
      look,
      Math.min(LOOK_AT_LEAST_EVERY_MS, Math.max(LOOK_EVERY_MS, took / SHARE_OF_LOOKING)),
    );
  };
  look();
  return {
    stop() {
      clearTimeout(timer);
      return highest;
    },
  };
}

/** Memory of a process and its descendants now, in MB. */
const memoryOf = (root: number): number => treeOf(root).reduce((sum, pid) => sum + memoryOfOne(pid), 0);

const PAGE_BYTES = 4096;
const CLOCK_TICKS_PER_S = 100;

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // It ended while we looked.
    return '';
  }
};

function memoryOfOne(pid: number): number {
  if (!HAS_PSS) return (Number(read(`/proc/${pid}/statm`).split(' ')[1] ?? 0) * PAGE_BYTES) / 1e6;
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(read(`/proc/${pid}/smaps_rollup`))?.[1];
  return (Number(kilobytes ?? 0) * 1024) / 1e6;
}

/** A process and its descendants; children hang on the thread that started them. */
function treeOf(root: number): number[] {
  const found: number[] = [];
  const waiting = [root];
  for (let pid = waiting.pop(); pid !== undefined; pid = waiting.pop()) {
    if (!existsSync(`/proc/${pid}`)) continue;
    found.push(pid);
    waiting.push(...childrenOf(pid));
  }
  return found;
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

function childrenOf(pid: number): number[] {
  return threadsOf(pid).flatMap((thread) =>
    read(`/proc/${pid}/task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

/** Processor seconds that a running process and its descendants have used, ended ones included. */
export function cpuOf(root: number): number {
  return treeOf(root).reduce((sum, pid) => {
    const fields = read(`/proc/${pid}/stat`).split(') ')[1]?.split(' ') ?? [];
    // utime, stime, and cutime, cstime of the descendants that have ended: proc(5).
    const ticks = fields.slice(11, 15).reduce((total, field) => total + Number(field), 0);
    return sum + ticks / CLOCK_TICKS_PER_S;
  }, 0);
}
