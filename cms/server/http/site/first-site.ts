import type { IncomingMessage, ServerResponse } from 'node:http';
import { escapeHtml } from '../../../../src/model/block.ts';
import { type Drawn, LATER } from '../../build/previews/previews.ts';
import type { RequestHandler } from './files.ts';
import { siteHeaders } from './headers.ts';

/**
 * Visits before the first site is built: pages are drawn on demand by the compiled templates; before there are any, a
 * page that reloads itself shows the progress of the build.
 */
export interface FirstSite {
  /** Folder of the site that is being built: scripts and pictures are there before the pages. */
  assets: () => string | undefined;
  /** Draws a page by its address below the base path; without it visitors wait for the whole site. */
  draw?: ((address: string) => Promise<Drawn>) | undefined;
  /** How far the build is, Chinese; empty when nothing is known. */
  progress: () => string;
}

/** The page asks again after so many seconds. */
const RETRY_SECONDS = 2;

/**
 * @param serveFolder serves the files of a folder
 * @returns answers a request for an address below the base path, or hands it on
 */
export function firstSiteHandler(
  { assets, draw = async () => LATER, progress }: FirstSite,
  serveFolder: (folder: string) => RequestHandler,
) {
  return async (request: IncomingMessage, response: ServerResponse, next: () => void): Promise<void> => {
    const [address = '/'] = (request.url ?? '/').split('?');
    if (!address.endsWith('/')) {
      const folder = assets();
      // A page in the folder may be half written; a feed or a search index that is not there yet comes later.
      if (!folder || address.endsWith('.html')) return next();
      return serveFolder(folder)(request, response, next);
    }
    const { html, isLater } = await draw(decodedAddress(address)).catch(() => LATER);
    if (html !== undefined)
      response
        .writeHead(200, { ...siteHeaders(address), 'Cache-Control': 'no-store' })
        .end(request.method === 'HEAD' ? undefined : html);
    else if (isLater) sendWaitingPage(response, `这是第一次启动，${progress() || '正在准备'}`);
    else next();
  };
}

function decodedAddress(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** Answers 503 with a page that reloads itself. */
export function sendWaitingPage(response: ServerResponse, message: string): void {
  const headers = {
    ...siteHeaders('/'),
    'Cache-Control': 'no-store',
    'Retry-After': String(RETRY_SECONDS),
  };
  response.writeHead(503, headers).end(`<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${RETRY_SECONDS}">
<title>请稍等</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1.25rem/1.8 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif;
    max-width: 30em; margin: 20vh auto; padding: 0 1rem; background: light-dark(#f7f1e3, #151d1e);
    color: light-dark(#2b3a42, #efe6d3) }
  h1 { font-size: 1.75rem; border-block-end: 3px solid light-dark(#1f6f5c, #7ec8b7) }
</style>
<main><h1>请稍等</h1><p role="status">${escapeHtml(message)}。</p><p>好了会自己打开，不用刷新。</p></main>
</html>
`);
}
