import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { outDir, uploadsDir } from '../../src/loader/folders.ts';
import { editingApi } from './api.ts';
import { createRebuilder } from './rebuild.ts';
import { siteHandler } from './site.ts';

/** `npm start`: the built site, the editor and its API on this machine only. */

const DEFAULT_PORT = 4321;

export interface ServeOptions {
  /** 0 takes a free one. */
  port?: number;
  /** Folder of the built site. */
  folder?: string;
  /** `BASE_PATH` of the build. */
  base?: string;
  /** Builds the whole site into a folder. */
  build?: (folder: string) => Promise<void>;
}

export interface Served {
  /** Address of the site with its base path, a slash at the end. */
  url: string;
  /** Resolves when no build is waiting or running. */
  settled: () => Promise<void>;
  close: () => Promise<void>;
}

/** Starts the server on 127.0.0.1. */
export async function serve({
  port = Number(process.env.PORT) || DEFAULT_PORT,
  folder = outDir,
  base = process.env.BASE_PATH || '/',
  build = buildSite,
}: ServeOptions = {}): Promise<Served> {
  const root = `/${base}/`.replace(/\/+/g, '/');
  const rebuilder = createRebuilder(folder, build);
  const isOwnHost = (host: string) => {
    const { port: own } = server.address() as AddressInfo;
    return [`127.0.0.1:${own}`, `localhost:${own}`, `[::1]:${own}`].includes(host);
  };
  const api = getRequestListener(editingApi({ isOwnHost, rebuilder }).fetch);
  const site = siteHandler({
    folder: () => folder,
    uploads: uploadsDir,
    base: root,
    mayEdit: ({ headers }) => isOwnHost(headers.host ?? ''),
  });

  const server = createServer((request, response) => {
    if (!request.url?.startsWith(`${root}api/`)) return site(request, response);
    request.url = request.url.slice(root.length - 1);
    void api(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${root}`,
    settled: rebuilder.settled,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** Runs `npm run build` into a folder; rejects with the end of its output. */
function buildSite(folder: string): Promise<void> {
  const isWindows = process.platform === 'win32';
  const child = spawn(isWindows ? 'npm.cmd' : 'npm', ['run', '-s', 'build'], {
    env: { ...process.env, OUT_DIR: folder },
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-8000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(output))));
  });
}

function explain(error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE')
    return `端口 ${process.env.PORT || DEFAULT_PORT} 已经有别的程序在用；请关掉它，或换一个：PORT=4322 npm start`;
  return String(error.stack ?? error);
}

if (import.meta.main) {
  try {
    const { url } = await serve();
    console.log(`\n网站：${url}\n编辑：${url}admin/\n按 Ctrl+C 停止。\n`);
  } catch (error) {
    console.error(`\n${explain(error as NodeJS.ErrnoException)}\n`);
    process.exitCode = 1;
  }
}
