import { existsSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { noteTooManyFiles } from '../../process/open-files.ts';
import { type Face, sendEditorPage } from './editor-page.ts';
import { fileServer, pathWithin, sendMissingPage } from './files.ts';
import { type FirstSite, firstSiteHandler, sendWaitingPage } from './first-site.ts';
import { siteHeaders } from './headers.ts';
import type { QuickFiles } from './quick-files.ts';

/** The built site, served as any web server would: `index.html` for folders, `404.html` for what is not there. */

export interface SiteOptions {
  /** Folder of the built site, asked for at each request; undefined before there is one. */
  folder: () => string | undefined;
  /** Answers from memory what was sent once; it is told what is sent. */
  quick?: Pick<QuickFiles, 'noteSent'>;
  /** What visitors see before there is a site. */
  firstSite?: FirstSite;
  /** Folder of the uploads: a picture shows in the editor before the site that has it is built. */
  uploads: string;
  /** Folder that holds the bundled editor as `admin/`. */
  editor: string;
  /** The site's name and colours, for the editor's page; without it the page is sent as it was bundled. */
  face?: () => Face;
  /** What is said while the editor is not there, Chinese. */
  editorNotice?: (() => string) | undefined;
  /** Base path of the site, `/` or `/base/`. */
  base: string;
  /** Whether a request may have the editor, `/admin/`. */
  mayEdit: (request: IncomingMessage) => boolean;
}

/** A request handler for the whole site. */
export function siteHandler({
  folder: currentFolder,
  quick,
  firstSite = { assets: () => undefined, progress: () => '' },
  uploads,
  editor,
  face,
  editorNotice = () => '编辑后台正在打包',
  base,
  mayEdit,
}: SiteOptions) {
  const filesOf = latest((folder) => fileServer(folder, { headersOf: siteHeaders }));
  const editorFiles = fileServer(editor, { headersOf: siteHeaders });
  const beforeFirstSite = firstSiteHandler(firstSite, filesOf);
  const fresh = fileServer(uploads, {
    headersOf: (pathname) => siteHeaders(`/uploads${pathname}`),
    hasPages: false,
  });

  const answer = (request: IncomingMessage, response: ServerResponse) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { Allow: 'GET, HEAD' }).end();
      return;
    }
    const folder = currentFolder();
    const [pathname = '/', query] = (request.url ?? '/').split('?');
    const redirect = (to: string) => {
      // Browsers cache a 301 for good by default: a page that moves back would redirect in a loop.
      const headers = { Location: query === undefined ? to : `${to}?${query}`, 'Cache-Control': 'no-cache' };
      response.writeHead(301, headers).end();
    };
    if (base !== '/' && (pathname === '/' || `${pathname}/` === base)) return redirect(base);
    // A second slash at the beginning would make a redirect lead to another host.
    const inside =
      pathname.startsWith(base) && !pathname.startsWith('//') ? `/${pathname.slice(base.length)}` : undefined;
    const missing = () => notFound(folder, request, response);
    const orUpload = () => {
      if (!request.url?.startsWith('/uploads/')) return missing();
      request.url = request.url.slice('/uploads'.length);
      fresh(request, response, missing);
    };
    if (inside === undefined) return missing();
    request.url = query === undefined ? inside : `${inside}?${query}`;
    if (inside === '/admin') return redirect(`${pathname}/`);
    if (inside.startsWith('/admin/')) {
      if (!mayEdit(request)) return missing();
      const isBundled = existsSync(join(editor, 'admin/index.html'));
      if (!isBundled) return sendWaitingPage(response, editorNotice());
      if (inside === '/admin/' && face)
        return sendEditorPage(request, response, { folder: editor, face: face() });
      return editorFiles(request, response, missing);
    }
    if (!folder) return void beforeFirstSite(request, response, orUpload);
    if (!inside.endsWith('/') && isFolder(folder, inside)) return redirect(`${pathname}/`);
    const moved = inside.endsWith('/') && newAddressOf(folder, inside);
    if (moved) return redirect(moved);
    quick?.noteSent(folder, inside, request, response);
    filesOf(folder)(request, response, orUpload);
  };

  return (request: IncomingMessage, response: ServerResponse) => {
    if (!isRange(request.headers.range)) delete request.headers.range;
    try {
      answer(request, response);
    } catch (error) {
      if (!noteTooManyFiles(error)) console.error(error);
      if (!response.headersSent) response.writeHead(500, { 'Content-Type': 'text/plain; charset=utf-8' });
      response.end('服务器出错了，请过一会儿再试');
    }
  };
}

/**
 * Whether a `Range` is one part, `bytes=5-`, `bytes=5-90` or `bytes=-5`; of any other the whole file is sent, as RFC 9110
 * section 14.2 allows.
 */
function isRange(range: string | undefined): boolean {
  const parts = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(range ?? '');
  if (!parts) return false;
  const [, first = '', last = ''] = parts;
  return first === '' ? last !== '' : last === '' || Number(last) >= Number(first);
}

/** Makes a value from a key and keeps the last one. */
function latest<Value>(make: (key: string) => Value): (key: string) => Value {
  let kept: { key: string; value: Value } | undefined;
  return (key) => {
    if (kept?.key !== key) kept = { key, value: make(key) };
    return kept.value;
  };
}

function isFolder(root: string, pathname: string): boolean {
  const path = pathWithin(root, pathname);
  return path !== undefined && existsSync(join(path, 'index.html'));
}

/** A page that only says where it is now (`src/redirects/Moved.astro`) is smaller than any other. */
const MOVED_BYTES = 4096;

/** Target of a redirect page; undefined for every other page. */
function newAddressOf(root: string, pathname: string): string | undefined {
  const page = pathWithin(root, `${pathname}index.html`);
  try {
    const size = page && statSync(page, { throwIfNoEntry: false })?.size;
    if (!page || !size || size > MOVED_BYTES) return undefined;
    return /<meta http-equiv="refresh" content="0; url=(\/(?!\/)[\w/-]+)">/.exec(
      readFileSync(page, 'utf8'),
    )?.[1];
  } catch (error) {
    noteTooManyFiles(error);
    return undefined;
  }
}

function notFound(folder: string | undefined, request: IncomingMessage, response: ServerResponse): void {
  const headers = siteHeaders('/404.html');
  const withoutPage = () => {
    response.writeHead(404, { ...headers, 'Content-Type': 'text/plain; charset=utf-8' });
    response.end(request.method === 'HEAD' ? undefined : '没有这个页面');
  };
  if (folder) sendMissingPage(request, response, { folder, headers, next: withoutPage });
  else withoutPage();
}
