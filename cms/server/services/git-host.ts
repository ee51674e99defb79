import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gitEnvironment } from '../stores/content/git.ts';
import { writeFileAtomic } from '../../../src/runtime/write-atomically.ts';

/**
 * A copy of the published content on a Git host, pushed after each publish. The host only ever gets more: a push that
 * would throw away what somebody did there is not made. Nothing waits for it, and a restart forgets nothing.
 */

/** Files of the data folder that hold what the host asks for; only the server's own user may read them. */
const CREDENTIAL_FILES = { token: 'git-token', key: 'git-key', knownHosts: 'git-known-hosts' };
const PUSH_TIMEOUT_MS = 10 * 60_000;
/** How long after each failure in a row it is tried again. */
const RETRY_AFTER_S = [10, 30, 60, 300, 900, 3600];

export interface Remote {
  /** `https://…`, `ssh://…` or `git@host:path`; `http://` on this machine only. */
  url: string;
  branch: string;
}

export interface Push extends Remote {
  /** Bare repository. */
  repository: string;
  /** What the branch is to be. */
  commit: string;
  /** File that holds `token` or `name:token`. */
  tokenFile: string;
  /** Private deploy key without a passphrase. */
  keyFile: string;
  /** Public keys of the host, as `ssh-keyscan` prints them; a host that is not in it is not spoken to. */
  knownHostsFile: string;
  signal?: AbortSignal;
}

export type PushOutcome =
  | { pushed: true }
  /** `temporary` may go away by itself; the others need somebody to do what the message says. */
  | { pushed: false; kind: 'temporary' | 'diverged' | 'denied' | 'setup'; message: string };

const isSsh = (url: string): boolean => url.startsWith('ssh://') || /^[\w.-]+@[\w.-]+:(?!\/\/)/.test(url);

/** What is wrong with the address of a Git host, a Chinese sentence; undefined when nothing is. */
export function remoteProblem(url: string): string | undefined {
  const wrong = '请写 https://、ssh:// 或 git@主机:路径 样子的仓库地址';
  if (/[\s\p{C}]/u.test(url)) return wrong;
  if (isSsh(url)) return /^(?:ssh:\/\/)?-|@-/.test(url) ? wrong : undefined;
  if (!URL.canParse(url)) return wrong;
  const { protocol, hostname, username, password } = new URL(url);
  if (username || password)
    return '地址里不要写用户名和令牌；令牌放在数据目录的 git-token 文件里，见 docs/operate.md';
  if (protocol === 'https:') return undefined;
  if (protocol !== 'http:') return wrong;
  return /^(?:127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname)
    ? undefined
    : 'http 不加密，令牌会泄露；请用 https:// 开头的地址';
}

/** Makes a branch of the host be a commit, unless that would lose something there. Never throws. */
export async function pushTo(push: Push): Promise<PushOutcome> {
  const problem = remoteProblem(push.url) ?? credentialProblem(push);
  if (problem) return { pushed: false, kind: 'setup', message: problem };
  // No `+` and no `--force`: a host that has other commits refuses.
  const args = ['push', '--porcelain', '--no-verify', '--recurse-submodules=no', '--no-follow-tags'];
  const { code, output } = await run(push, [
    ...args,
    '--',
    push.url,
    `${push.commit}:refs/heads/${push.branch}`,
  ]);
  return code === 0 ? { pushed: true } : explain(output, push.branch);
}

/** A key or a token that others on the machine can read is as good as published. */
function credentialProblem({ url, tokenFile, keyFile, knownHostsFile }: Push): string | undefined {
  if (!isSsh(url)) return existsSync(tokenFile) ? privacyProblem(tokenFile) : undefined;
  if (!existsSync(keyFile))
    return `没有部署密钥：请用 ssh-keygen 生成 ${keyFile}（不设密码），把 ${keyFile}.pub 加到 Git 平台`;
  if (!existsSync(knownHostsFile))
    return `还不认识 Git 平台的主机：请运行 ssh-keyscan 主机名 > ${knownHostsFile} ，并和平台公布的指纹核对`;
  return privacyProblem(keyFile);
}

function privacyProblem(file: string): string | undefined {
  if (process.platform === 'win32' || (statSync(file).mode & 0o077) === 0) return undefined;
  return `${file} 别的用户也能读，请先运行 chmod 600 ${file}`;
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
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', (error) => resolve({ code: null, output: `${output}\n${error.message}` }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** Reads the token when Git asks for it: it is in no argument, no variable and no setting. */
const CREDENTIAL_HELPER = `!f() { test "$1" = get || exit 0; IFS= read -r line < "$PORTAL_GIT_TOKEN"; case "$line" in *:*) echo "username=\${line%%:*}"; echo "password=\${line#*:}";; *) echo username=git; echo "password=$line";; esac; }; f`;

function pushEnvironment({ repository, url, tokenFile, keyFile, knownHostsFile }: Push): NodeJS.ProcessEnv {
  const settings: [string, string][] = [
    ['protocol.allow', 'never'],
    ['protocol.https.allow', 'always'],
    ['protocol.ssh.allow', 'always'],
    ['core.hooksPath', '/dev/null'],
    // Another host must not get the token; an address that moved is for a person to correct.
    ['http.followRedirects', 'false'],
    ['http.lowSpeedLimit', '1000'],
    ['http.lowSpeedTime', '60'],
    ['credential.helper', ''],
  ];
  if (url.startsWith('http://')) settings.push(['protocol.http.allow', 'always']);
  if (existsSync(tokenFile)) settings.push(['credential.helper', CREDENTIAL_HELPER]);
  const proxies = Object.entries(process.env).filter(([name]) => /^(?:https_proxy|no_proxy)$/i.test(name));
  return {
    ...gitEnvironment(repository),
    ...Object.fromEntries(proxies),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
    GIT_CONFIG_COUNT: String(settings.length),
    GIT_ASKPASS: 'true',
    PORTAL_GIT_TOKEN: tokenFile,
    GIT_SSH_VARIANT: 'ssh',
    GIT_SSH_COMMAND: [
      'ssh -F /dev/null',
      `-i ${quoted(keyFile)}`,
      ...[
        'IdentitiesOnly=yes',
        'IdentityAgent=none',
        'BatchMode=yes',
        'StrictHostKeyChecking=yes',
        `UserKnownHostsFile=${quoted(knownHostsFile)}`,
        'GlobalKnownHostsFile=/dev/null',
        'PasswordAuthentication=no',
        'ForwardAgent=no',
        'ConnectTimeout=20',
      ].map((option) => `-o ${option}`),
    ].join(' '),
  };
}

const quoted = (path: string): string => `'${path.replaceAll('\\', '/').replaceAll("'", `'\\''`)}'`;

/** What a failed push means, by what Git and the hosts print. */
function explain(output: string, branch: string): PushOutcome & { pushed: false } {
  const failed = (kind: 'temporary' | 'diverged' | 'denied' | 'setup', message: string) =>
    ({ pushed: false, kind, message }) as const;
  if (/\[rejected\].*(?:fetch first|non-fast-forward|stale info)/s.test(output))
    return failed(
      'diverged',
      `Git 平台的「${branch}」分支上有这里没有的改动，没有推送，免得把它们盖掉。请在「服务器设置」里换一个空的分支；那些改动若要保留，请在后台重新填写后发布`,
    );
  if (/\[remote rejected\]/.test(output))
    return failed(
      'denied',
      `Git 平台不让推送到「${branch}」分支：请到平台上检查分支保护和这个令牌（密钥）的写权限`,
    );
  if (/Host key verification failed|REMOTE HOST IDENTIFICATION HAS CHANGED/.test(output))
    return failed(
      'denied',
      'Git 平台的主机密钥与 git-known-hosts 里的不一样，可能有人冒充：请核对平台公布的指纹后再更新这个文件',
    );
  if (
    /Authentication failed|could not read (?:Username|Password)|Permission denied|error: 40[13]|HTTP 40[13]/.test(
      output,
    )
  )
    return failed(
      'denied',
      'Git 平台不认这个令牌或密钥：请到平台上看它是否过期、有没有写权限，再更新数据目录里的文件',
    );
  if (/not found|does not exist|does not appear to be a git repository/i.test(output))
    return failed(
      'setup',
      'Git 平台上没有这个仓库，或令牌（密钥）看不到它：请检查「服务器设置」里的仓库地址',
    );
  if (/redirect|error: 30[1278]/i.test(output))
    return failed('setup', '仓库换了地址：请把「服务器设置」里的仓库地址改成新的');
  return failed('temporary', '现在连不上 Git 平台，过一会儿会自动再试；内容已经保存在这台机器上');
}

/** What is known of the copy; kept in `DATA_DIR/git-host.json`. */
interface State {
  url: string;
  branch: string;
  /** Commit that the host has. */
  pushed?: string | undefined;
  /** ISO 8601. */
  pushedAt?: string | undefined;
  failures: number;
  problem?: string | undefined;
}

export interface GitHostStatus {
  state: 'off' | 'waiting' | 'pushed' | 'failed';
  pushedAt?: string | undefined;
  /** A Chinese sentence with what to do. */
  problem?: string | undefined;
}

export interface GitHost {
  /** Something was published: returns at once, the push follows. */
  request: () => void;
  status: () => GitHostStatus;
  /** Resolves when no push is running; one that waits for its next try does not count. */
  settled: () => Promise<void>;
  /** Ends a running push; what was not pushed is, after the next start. */
  close: () => Promise<void>;
}

export interface GitHostOptions {
  /** Data folder: the bare repository `content.git`, the credentials, the state. */
  data: string;
  /** Host that is configured now, if any. */
  remote: () => Remote | undefined;
  /** Commit that is published now. */
  commit: () => string;
  /** Seconds until the next try after so many failures; the tests have less patience. */
  retryAfter?: (failures: number) => number;
}

const retrySeconds = (failures: number): number =>
  RETRY_AFTER_S[Math.min(failures, RETRY_AFTER_S.length) - 1] ?? RETRY_AFTER_S[0] ?? 0;

/** Keeps a Git host up to date, beginning with what an earlier run left undone. */
export function openGitHost({ data, remote, commit, retryAfter = retrySeconds }: GitHostOptions): GitHost {
  const file = join(data, 'git-host.json');
  let state = readState(file);
  let running: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;
  let again = false;
  const stopped = new AbortController();

  const keep = (next: State) => {
    state = next;
    try {
      writeFileAtomic(file, `${JSON.stringify(state, null, 2)}\n`);
    } catch (error) {
      // A full disk costs one needless push after a restart, no more.
      console.error('推送到 Git 平台的记录没有写成：', (error as Error).message);
    }
  };
  const isDone = (target: Remote) =>
    state?.pushed === commit() && state.url === target.url && state.branch === target.branch;

  const pushOnce = async (target: Remote): Promise<void> => {
    const { url, branch } = target;
    const wanted = commit();
    const outcome = await pushTo({
      ...target,
      repository: join(data, 'content.git'),
      commit: wanted,
      tokenFile: join(data, CREDENTIAL_FILES.token),
      keyFile: join(data, CREDENTIAL_FILES.key),
      knownHostsFile: join(data, CREDENTIAL_FILES.knownHosts),
      signal: stopped.signal,
    });
    if (stopped.signal.aborted) return;
    if (outcome.pushed)
      return keep({ url, branch, pushed: wanted, pushedAt: new Date().toISOString(), failures: 0 });
    const former = state?.url === url && state.branch === branch ? state : { url, branch, failures: 0 };
    keep({ ...former, failures: former.failures + 1, problem: outcome.message });
    console.error(`没有推送到 Git 平台：${outcome.message}`);
    retry = setTimeout(request, retryAfter(former.failures + 1) * 1000).unref();
  };
  const run = async () => {
    do {
      again = false;
      const target = remote();
      if (target && !isDone(target)) await pushOnce(target);
    } while (again && !stopped.signal.aborted);
  };
  const request = () => {
    clearTimeout(retry);
    again = true;
    running ??= run().finally(() => {
      running = undefined;
    });
  };

  request();
  return {
    request,
    status() {
      const target = remote();
      if (!target) return { state: 'off' };
      const known = state?.url === target.url && state.branch === target.branch ? state : undefined;
      const { pushedAt, problem } = known ?? {};
      if (isDone(target)) return { state: 'pushed', pushedAt };
      return problem ? { state: 'failed', pushedAt, problem } : { state: 'waiting', pushedAt };
    },
    settled: async () => {
      while (running) await running;
    },
    close: async () => {
      clearTimeout(retry);
      stopped.abort();
      await running;
    },
  };
}

function readState(file: string): State | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as State;
  } catch {
    // Unreadable or missing: the push tells what the host has.
    return undefined;
  }
}
