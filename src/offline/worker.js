/*
 * The service worker of the site. Plain script, copied as it is by integration.ts, which puts SETTINGS before it: a
 * worker must be one file at the root of the site, and what it does is little enough to be read in one go.
 *
 * Pages come from the network whenever it answers, so that nobody is held on an old version; what was read last is
 * kept for when it does not. A new worker takes over at once: pages carry their styles, and their scripts are named by
 * content, so that an open page gets on with either worker.
 *
 * SETTINGS: base, version, shell (addresses kept from the start), off (removes everything: the way back).
 */
/* global SETTINGS */
const { base, version, shell, off } = SETTINGS;

const PREFIX = `portal:${base}:`;
const SHELL = `${PREFIX}shell:${version}`;
const PAGES = `${PREFIX}pages`;
const SCHOOLS = `${PREFIX}schools`;
const ASSETS = `${PREFIX}assets`;
const OFFLINE_PAGE = `${base}offline/`;
const MAX_PAGES = 30;
const MAX_SCHOOLS = 3;
const MAX_ASSETS = 200;
/** On a line so slow that nothing came by then, what was kept is shown. */
const PATIENCE_MS = 4000;

/** Never kept: the office, its API, what people download. */
const PRIVATE = new RegExp(`^${base}(?:admin|api)(?:/|$)`);
const SCHOOL_PAGE = new RegExp(`^${base}caravan/school/[^/]+/$`);
/** Named by content: the same address is the same file for ever. */
const HASHED = new RegExp(`^${base}(?:_astro|pictures)/`);
const KEPT_KINDS = ['script', 'style', 'image', 'font'];

self.addEventListener('install', (event) => {
  self.skipWaiting();
  if (!off) event.waitUntil(keepShell());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(off ? leave() : takeOver());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (off || request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (url.pathname.indexOf(base) !== 0 || PRIVATE.test(url.pathname) || request.headers.has('range')) return;
  if (request.mode === 'navigate') event.respondWith(page(event, url.pathname));
  else if (KEPT_KINDS.indexOf(request.destination) >= 0) event.respondWith(asset(event, url.pathname));
});

async function keepShell() {
  const cache = await caches.open(SHELL);
  // One by one: a phone with little room keeps at least some of it, and the worker is installed in any case.
  for (const address of shell) {
    try {
      const response = await fetch(address, { cache: 'no-cache' });
      if (response.ok && !response.redirected) await put(cache, address, response);
    } catch (_error) {
      // Without network now; it is kept when it is read.
    }
  }
}

async function takeOver() {
  for (const name of await caches.keys())
    if (name.indexOf(`${PREFIX}shell:`) === 0 && name !== SHELL) await caches.delete(name);
  await self.clients.claim();
  // The page that brought the worker came before it.
  for (const { url } of await self.clients.matchAll({ type: 'window' })) {
    const { pathname } = new URL(url);
    if (pathname.indexOf(base) === 0 && !PRIVATE.test(pathname))
      await fetch(pathname)
        .then((response) => keepPage(pathname, response))
        .catch(() => undefined);
  }
}

async function leave() {
  for (const name of await caches.keys()) if (name.indexOf(PREFIX) === 0) await caches.delete(name);
  await self.registration.unregister();
}

/** A page: from the network; as it was kept when the network is silent, slow or broken; else the list of what is kept. */
async function page(event, path) {
  const fetching = fetch(event.request);
  event.waitUntil(fetching.then((response) => keepPage(path, response.clone())).catch(() => undefined));
  const kept = await keptPage(path);
  try {
    const response = await (kept ? Promise.race([fetching, patience()]) : fetching);
    if (response && !(response.status >= 500 && kept)) return response;
  } catch (_error) {
    // No network.
  }
  if (kept) return withNote(kept);
  return (await caches.match(OFFLINE_PAGE)) || Response.error();
}

const patience = () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));

function isPublicPage({ ok, redirected, headers }) {
  const type = headers.get('content-type') || '';
  const rule = headers.get('cache-control') || '';
  return ok && !redirected && type.indexOf('text/html') === 0 && !/no-store|private/.test(rule);
}

async function keepPage(path, response) {
  if (!isPublicPage(response)) return;
  // Every page is one file: what follows `?` is read by its scripts.
  const shelf = SCHOOL_PAGE.test(path) ? SCHOOLS : PAGES;
  const cache = await caches.open(shelf);
  const text = await response.clone().text();
  // Deleted first: caches list in the order of writing, so the first is the one read longest ago.
  await cache.delete(path);
  await put(cache, path, response);
  await shorten(cache, shelf === SCHOOLS ? MAX_SCHOOLS : MAX_PAGES);
  await keepScripts(text);
}

async function keepScripts(html) {
  const cache = await caches.open(ASSETS);
  for (const script of html.match(/<script[^>]*\ssrc="[^"]+"/g) || []) {
    const address = script.replace(/^.*\ssrc="|"$/g, '');
    if (address.indexOf(base) !== 0 || (await caches.match(address))) continue;
    try {
      const response = await fetch(address);
      if (response.ok) await put(cache, address, response);
    } catch (_error) {
      // Read without its scripts, the page is still whole.
    }
  }
}

async function keptPage(path) {
  for (const shelf of [SCHOOLS, PAGES, SHELL]) {
    const cache = await caches.open(shelf);
    const response = await cache.match(path);
    if (response) return response;
  }
  return undefined;
}

/** Says that a page is not fresh: a visit may have moved since. */
async function withNote(response) {
  const at = new Date(response.headers.get('date') || Number.NaN);
  const when = Number.isNaN(at.getTime())
    ? '以前'
    : ` ${at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' })} `;
  const note = `<p role="status" style="margin:0;padding:.75rem 1rem;background:#fff3c4;color:#1a1a1a;text-align:center">网络不通或太慢，这是${when}保存的内容，日期和地点以联网后看到的为准。</p>`;
  const text = await response.text();
  return new Response(
    text.replace(/<body[^>]*>/, (body) => body + note),
    {
      headers: { 'content-type': 'text/html; charset=utf-8' },
    },
  );
}

/** Scripts, pictures: kept ones at once when their name says what they hold, else from the network first. */
async function asset(event, path) {
  const kept = await caches.match(path);
  if (kept && HASHED.test(path)) return kept;
  try {
    const response = await fetch(event.request);
    if (response.status === 200) event.waitUntil(keepAsset(path, response.clone()));
    return response;
  } catch (_error) {
    return kept || Response.error();
  }
}

async function keepAsset(path, response) {
  const cache = await caches.open(ASSETS);
  await cache.delete(path);
  await put(cache, path, response);
  await shorten(cache, MAX_ASSETS);
}

/** Keeps a response; on a full phone pictures and scripts go first, and then it is simply not kept. */
async function put(cache, address, response) {
  const copy = response.clone();
  try {
    await cache.put(address, response);
  } catch (_error) {
    await caches.delete(ASSETS);
    await cache.put(address, copy).catch(() => undefined);
  }
}

async function shorten(cache, most) {
  const addresses = await cache.keys();
  for (const address of addresses.slice(0, Math.max(0, addresses.length - most))) await cache.delete(address);
}
