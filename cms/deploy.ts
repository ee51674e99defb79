import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { AwsClient } from 'aws4fetch';
import { outDir } from '../src/store/index.ts';
import { cacheControl } from './server/http/site/headers.ts';
import { COMPRESSED_AS, contentType } from './content-type.ts';
import { writeFileAtomic } from '../src/runtime/write-atomically.ts';

/** `npm run deploy -- <target>`: the built site to a folder, by rsync, or to S3-compatible storage. */

/** Manifest of the last deployment, stored at the target. */
const RECORD = '.deployed.json';
/** How long files of former pages stay: browsers may still have such a page open. */
const KEEP_MS = 86_400_000;
const CONCURRENCY = 8;
/** Retries after a response of 5xx or 429 with exponential backoff, about 3 s in all. */
const RETRIES = 5;

interface Deployed {
  /** Path → digest. */
  files: Record<string, string>;
  /** Path → time at which it was removed from the site, milliseconds since 1970. */
  gone: Record<string, number>;
}

interface Target {
  read: (path: string) => Promise<Buffer | undefined>;
  write: (path: string, bytes: Uint8Array) => Promise<void>;
  remove: (path: string) => Promise<void>;
}

export interface DeployOptions {
  /** Folder of the built site. */
  from: string;
  /** A folder, or `s3://bucket/prefix`. */
  to: string;
  dryRun?: boolean;
  env?: NodeJS.ProcessEnv;
  now?: number;
  report?: (line: string) => void;
}

/**
 * Synchronizes a folder or a bucket with the built site: first assets, then pages, then deletions.
 *
 * @returns how many files were written and removed
 * @throws a Chinese message
 */
export async function deploy(options: DeployOptions): Promise<{ written: number; removed: number }> {
  const { from, to, dryRun = false, env = process.env, now = Date.now(), report = console.log } = options;
  const target = isBucket(to) ? bucket(to, env) : folder(to);
  if (!existsSync(join(from, 'index.html'))) throw new Error(`${from} 里没有网站：请先运行 npm run build`);
  const before = readRecord(await target.read(RECORD));
  const files = digestsOf(from, !isBucket(to));
  const changed = Object.keys(files).filter((path) => files[path] !== before.files[path]);
  const gone: Deployed['gone'] = {};
  for (const path of [...Object.keys(before.files), ...Object.keys(before.gone)])
    if (!(path in files)) gone[path] = before.gone[path] ?? now;
  const expired = Object.keys(gone).filter((path) => isPage(path) || now - (gone[path] ?? now) >= KEEP_MS);
  report(
    `要传 ${changed.length} 个文件，删除 ${expired.length} 个，没变的 ${Object.keys(files).length - changed.length} 个`,
  );
  if (dryRun) {
    for (const path of changed) report(`  传 ${path}`);
    for (const path of expired) report(`  删 ${path}`);
    return { written: 0, removed: 0 };
  }
  let done = 0;
  const upload = async (path: string) => {
    await target.write(path, readFileSync(join(from, path)));
    if (++done % 100 === 0) report(`已传 ${done}/${changed.length}`);
  };
  await each(
    changed.filter((path) => !isLast(path)),
    upload,
  );
  await each(changed.filter(isLast), upload);
  await each(expired, target.remove);
  for (const path of expired) delete gone[path];
  await target.write(RECORD, Buffer.from(JSON.stringify({ files, gone } satisfies Deployed)));
  return { written: changed.length, removed: expired.length };
}

/** What was deployed last; with a damaged record everything is uploaded once more. */
function readRecord(record: Buffer | undefined): Deployed {
  try {
    const { files, gone } = JSON.parse(record?.toString() ?? '{}') as Partial<Deployed>;
    return { files: files ?? {}, gone: gone ?? {} };
  } catch {
    return { files: {}, gone: {} };
  }
}

/** A compressed form goes with its page. */
const isPage = (path: string): boolean => /\.html(?:\.br|\.gz)?$/.test(path);
const isBucket = (to: string): boolean => to.startsWith('s3://');
/** Pages, and the service worker that caches them, are uploaded after the assets that they load. */
const isLast = (path: string): boolean => isPage(path) || path === 'sw.js';

const FORM = new RegExp(`(?:${Object.values(COMPRESSED_AS).join('|').replaceAll('.', '\\.')})$`);
const isForm = (file: string): boolean => FORM.test(file) && existsSync(file.replace(FORM, ''));

/**
 * All files of the site except the editor, which needs the publishing server.
 *
 * @param takesForms whether the compressed forms go along: a web server sends them by itself, object storage does not
 */
function digestsOf(from: string, takesForms: boolean): Record<string, string> {
  const found: Record<string, string> = {};
  for (const item of readdirSync(from, { recursive: true, withFileTypes: true })) {
    const file = join(item.parentPath, item.name);
    const path = relative(from, file).replaceAll('\\', '/');
    if (!item.isFile() || /^(?:admin\/|\.)/.test(path)) continue;
    if (!takesForms && isForm(file)) continue;
    found[path] = createHash('sha256').update(readFileSync(file)).digest('hex');
  }
  return found;
}

async function each(paths: readonly string[], act: (path: string) => Promise<void>): Promise<void> {
  const waiting = [...paths];
  const work = async () => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) await act(path);
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
}

function folder(to: string): Target {
  const root = resolve(to);
  return {
    read: async (path) => (existsSync(join(root, path)) ? readFileSync(join(root, path)) : undefined),
    write: async (path, bytes) => {
      mkdirSync(root, { recursive: true });
      writeFileAtomic(join(root, path), bytes);
    },
    remove: async (path) => rmSync(join(root, path), { force: true }),
  };
}

/** Storage with the interface of Amazon S3: one request a file, signed with Signature Version 4. */
function bucket(to: string, env: NodeJS.ProcessEnv): Target {
  const { hostname: name, pathname } = new URL(to);
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    S3_ENDPOINT: endpoint,
  } = env;
  if (!accessKeyId || !secretAccessKey)
    throw new Error('没有对象存储的密钥：请设置环境变量 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY');
  const region = env.S3_REGION || 'us-east-1';
  const client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES });
  // S3-compatible storage is addressed by path style: the bucket need not be a host name.
  const root = endpoint
    ? `${endpoint.replace(/\/$/, '')}/${name}`
    : `https://${name}.s3.${region}.amazonaws.com`;
  const prefix = pathname.replace(/^\/|\/$/g, '');
  const send = async (method: string, path: string, init: RequestInit = {}): Promise<Response> => {
    const key = (prefix ? `${prefix}/${path}` : path).split('/').map(encodeURIComponent).join('/');
    try {
      return await client.fetch(`${root}/${key}`, { method, ...init });
    } catch (error) {
      const { cause } = error as Error;
      throw cutOff((cause as Error | undefined)?.message || (error as Error).message);
    }
  };
  const accepted = async (response: Response): Promise<Response> => {
    if (!response.ok) throw unreachable(`${response.status} ${codeOf(await response.text())}`.trim());
    return response;
  };
  return {
    async read(path) {
      const response = await send('GET', path);
      if (response.status === 404 && codeOf(await response.clone().text()) !== 'NoSuchBucket')
        return undefined;
      return Buffer.from(await (await accepted(response)).arrayBuffer());
    },
    async write(path, bytes) {
      const headers = {
        'content-type': contentType(path) ?? 'application/octet-stream',
        'cache-control': path === RECORD ? 'no-store' : cacheControl(`/${path}`),
        'x-amz-content-sha256': createHash('sha256').update(bytes).digest('hex'),
      };
      await accepted(await send('PUT', path, { headers, body: Buffer.from(bytes) }));
    },
    async remove(path) {
      const response = await send('DELETE', path);
      if (response.status !== 404) await accepted(response);
    },
  };
}

/** The error code in an answer of S3: `<Error><Code>AccessDenied</Code>…`. */
const codeOf = (xml: string): string => /<Code>([^<]*)<\/Code>/.exec(xml)?.[1] ?? '';

/** A page that is there is whole, and pages come last: the site goes on as it was, or with some new pages. */
const cutOff = (reason: string) =>
  new Error(
    `连不上对象存储，或传到一半断了：${reason}。网站还在；请检查网络和 S3_ENDPOINT，再运行一次同样的命令`,
  );

const unreachable = (reason: string) =>
  new Error(`对象存储没有接受：${reason}。请检查桶名、S3_ENDPOINT、S3_REGION 和密钥的写权限`);

/** By rsync in the same order; only pages are deleted. */
async function rsync(from: string, to: string, dryRun: boolean): Promise<void> {
  const common = ['-rtz', '--checksum', '--exclude=/admin/', ...(dryRun ? ['--dry-run', '-v'] : [])];
  const passes = [
    ['--exclude=*.html', '--exclude=*.html.br', '--exclude=*.html.gz', '--exclude=/sw.js'],
    [],
    [
      '--delete-after',
      '--include=*/',
      '--include=*.html',
      '--include=*.html.br',
      '--include=*.html.gz',
      '--exclude=*',
    ],
  ];
  for (const pass of passes) await run('rsync', [...common, ...pass, '--', `${from}/`, to]);
}

function run(command: string, args: readonly string[]): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: 'inherit' });
    child.once('error', () => fail(new Error(`没有装 ${command}：请先安装它，或换一种目标`)));
    child.once('close', (code) => (code === 0 ? done() : fail(new Error(`${command} 没有成功（${code}）`))));
  });
}

if (import.meta.main) {
  const args = process.argv.slice(2);
  const dryRun = args.includes('--dry-run');
  const to = args.find((arg) => !arg.startsWith('--'));
  try {
    if (!to) throw new Error('请写明目标：npm run deploy -- 文件夹，或 s3://桶/前缀，或 用户@主机:/路径');
    if (/^rsync:\/\/|^[\w.-]+@[\w.-]+:/.test(to)) await rsync(outDir, to, dryRun);
    else {
      const { written, removed } = await deploy({ from: outDir, to, dryRun });
      console.log(`完成：传了 ${written} 个，删了 ${removed} 个`);
    }
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
