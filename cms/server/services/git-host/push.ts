import { spawn } from 'node:child_process';
import { type Remote, remoteProblem } from '../../stores/settings/git-remote.ts';
import { type CredentialFiles, credentialProblem } from './credentials.ts';
import { pushEnvironment } from './environment.ts';
import { explainPush, type PushFailure } from './explain.ts';

/** One push to a Git host. */

const PUSH_TIMEOUT_MS = 10 * 60_000;

interface Push extends Remote, CredentialFiles {
  /** Bare repository. */
  repository: string;
  /** What the branch is to be. */
  commit: string;
  signal?: AbortSignal;
}

type PushOutcome = { pushed: true } | PushFailure;

/** Pushes a commit to a branch of the host, fast-forward only. Never throws. */
export async function pushTo(push: Push): Promise<PushOutcome> {
  const problem = remoteProblem(push.url) ?? credentialProblem(push.url, push);
  if (problem) return { pushed: false, kind: 'setup', message: problem };
  // No `+` and no `--force`: a host that has other commits refuses.
  const args = ['push', '--porcelain', '--no-verify', '--recurse-submodules=no', '--no-follow-tags'];
  const { code, output } = await run(push, [
    ...args,
    '--',
    push.url,
    `${push.commit}:refs/heads/${push.branch}`,
  ]);
  return code === 0 ? { pushed: true } : explainPush(output, push.branch);
}

function run(push: Push, args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn('git', args, {
      env: pushEnvironment(push),
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: PUSH_TIMEOUT_MS,
      windowsHide: true,
      ...(push.signal ? { signal: push.signal } : {}),
    });
    let output = '';
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-8000);
    };
    // A process that cannot start has no pipes, in spite of its type.
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', keep);
    child.once('error', (error) => resolve({ code: null, output: `${output}\n${error.message}` }));
    child.once('close', (code) => resolve({ code, output }));
  });
}
