import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** nginx and Caddy, run with the examples of `docs/serving/` as they are, but for names, ports and paths. */

const find = (named: string | undefined, places: readonly string[]) =>
  named || places.find((place) => existsSync(place));

export const NGINX = find(process.env.NGINX_PATH, [
  '/usr/sbin/nginx',
  '/usr/local/sbin/nginx',
  '/opt/homebrew/bin/nginx',
]);
export const CADDY = find(process.env.CADDY_PATH, [
  '/usr/bin/caddy',
  '/usr/local/bin/caddy',
  '/opt/homebrew/bin/caddy',
]);
/** nginx sends Brotli by a module that Debian packs on its own. */
const BROTLI_MODULE = '/usr/lib/nginx/modules/ngx_http_brotli_static_module.so';

for (const [name, program] of Object.entries({ nginx: NGINX, caddy: CADDY }))
  if (!program)
    console.warn(
      `没有找到 ${name}，用它的测试没有跑：请运行 apt-get install nginx libnginx-mod-http-brotli-static caddy，或用 ${name.toUpperCase()}_PATH 指明`,
    );

export interface WebServerOptions {
  /** Folder for its configuration and logs. */
  folder: string;
  /** Folder of the live site. */
  site: string;
  /** `host:port` of `npm start`. */
  portal: string;
  port: number;
}

export interface WebServer {
  url: string;
  close: () => Promise<void>;
}

/** Puts the test's own values into an example; each must be there, or the test would try something else. */
function adapt(example: string, changes: readonly (readonly [RegExp, string])[]): string {
  return changes.reduce((text, [pattern, value]) => {
    if (!pattern.test(text)) throw new Error(`例子里没有 ${pattern}：${text}`);
    return text.replaceAll(pattern, value);
  }, example);
}

const exampleOf = (name: string) => readFileSync(join('docs/serving', name), 'utf8');

export function startNginx({ folder, site, portal, port }: WebServerOptions): Promise<WebServer> {
  const hasBrotli = existsSync(BROTLI_MODULE);
  const example = adapt(exampleOf('nginx.conf'), [
    [/127\.0\.0\.1:4321/g, portal],
    [/listen 443 ssl;/g, `listen 127.0.0.1:${port};`],
    [/ssl_certificate(?:_key)? .*;/g, ''],
    [/\/var\/lib\/portal\/releases\/live/g, site],
    [/access_log .*;/g, 'access_log off;'],
    ...(hasBrotli ? [[/#brotli_static on;/g, 'brotli_static on;'] as const] : []),
  ]);
  return runNginx(folder, port, example, hasBrotli ? `load_module ${BROTLI_MODULE};` : '');
}

/** nginx that hands everything on, as the shorter example of `docs/operate.md`. */
export function startProxy({ folder, portal, port }: Omit<WebServerOptions, 'site'>): Promise<WebServer> {
  const [, example = ''] = /```nginx\n([\s\S]*?)```/.exec(readFileSync('docs/operate.md', 'utf8')) ?? [];
  const adapted = adapt(example, [
    [/127\.0\.0\.1:4321/g, portal],
    [/listen 443 ssl;/g, `listen 127.0.0.1:${port};\n  access_log off;`],
  ]);
  return runNginx(folder, port, adapted);
}

function runNginx(folder: string, port: number, example: string, modules = ''): Promise<WebServer> {
  mkdirSync(folder, { recursive: true });
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join('\n');
  writeFileSync(
    join(folder, 'nginx.conf'),
    `${modules}
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
daemon off;
pid ${join(folder, 'nginx.pid')};
error_log ${join(folder, 'error.log')};
events { worker_connections 2048; }
http {
${temporary}
${example}
}
`,
  );
  const child = spawn(NGINX as string, ['-p', folder, '-c', join(folder, 'nginx.conf')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return started(child, port);
}

export async function startCaddy({ folder, site, portal, port }: WebServerOptions): Promise<WebServer> {
  mkdirSync(folder, { recursive: true });
  const example = adapt(exampleOf('Caddyfile'), [
    [/127\.0\.0\.1:4321/g, portal],
    [/^kexie\.example\.cn \{/gm, `http://127.0.0.1:${port} {`],
    [/\/var\/lib\/portal\/releases\/live/g, site],
    [/\/var\/log\/caddy\/portal\.log/g, join(folder, 'access.log')],
  ]);
  const file = join(folder, 'Caddyfile');
  writeFileSync(file, `{\n\tadmin off\n\tauto_https off\n}\n${example}`);
  const child = spawn(CADDY as string, ['run', '--config', file, '--adapter', 'caddyfile'], {
    env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return started(child, port);
}

const TRIES = 200;
const BETWEEN_MS = 50;

/** Waits until a server accepts connections. */
async function started(child: ChildProcess, port: number): Promise<WebServer> {
  let complaint = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-2000);
  });
  for (let attempt = 0; !(await accepts(port)); attempt++) {
    if (child.exitCode !== null || attempt === TRIES) throw new Error(`网页服务器没有起来：${complaint}`);
    await wait(BETWEEN_MS);
  }
  return {
    url: `http://127.0.0.1:${port}/`,
    async close() {
      child.kill('SIGTERM');
      if (child.exitCode === null) await once(child, 'close');
    },
  };
}

const accepts = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
