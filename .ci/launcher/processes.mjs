import { spawn } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { ROOT } from './paths.mjs';

/**
 * @typedef {object} Step
 * @property {string} program script of Node, from the root of the project
 * @property {readonly string[]} args
 * @property {Record<string, string>} [env]
 * @property {boolean} [isQuiet] shown only when it fails
 */

/** Signals that stop the portal. A terminal sends SIGINT to all its processes, a service manager SIGTERM to this one only. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a step in the terminal.
 *
 * @param {Step} step
 * @param {string} node path of the Node that runs it
 * @returns {Promise<number>} its exit code
 */
export function run({ program, args, env = {}, isQuiet }, node) {
  const child = spawn(node, [program, ...args], {
    cwd: ROOT,
    env: environment(env, node),
    stdio: isQuiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
  });
  const output = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => output.push(chunk));
  // Forwards the signal and exits after the task does; in a terminal the task gets SIGINT directly.
  const pass = (signal) => {
    if (!(signal === 'SIGINT' && process.stdin.isTTY)) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      for (const each of SIGNALS) process.off(each, pass);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code ?? (signal === 'SIGINT' ? 130 : 1));
    });
  });
}

/**
 * Runs quiet steps in parallel, all of them even if one fails.
 *
 * @returns {Promise<number>} the first exit code that is not 0
 */
export async function runTogether(steps, node) {
  const codes = await Promise.all(steps.map((step) => run(step, node)));
  return codes.find((code) => code !== 0) ?? 0;
}

function environment(env, node) {
  // On Windows the variable may be `Path`; with `PATH` as well, either could win.
  const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
  const path = [dirname(node), process.env[name] ?? ''].join(delimiter);
  return { ...process.env, [name]: path, ...env };
}
