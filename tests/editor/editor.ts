import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { sharedBrowser } from '../support/browser.ts';
import { type Office, type OfficeOptions, openNewsroom, type Visitor } from '../support/newsroom.ts';

/** A machine with other work takes its time; whatever does not come at all still fails. */
export const PATIENCE_MS = 30_000;

/** A running editor on a copy of the content, and a browser, signed in, that watches for what must not happen. */
export interface Editor {
  page: Page;
  office: Office;
  /** `http://127.0.0.1:<port>/` */
  url: string;
  /** Folder of what is published. */
  content: string;
  /** A text as the editor sees it, the draft where there is one: `articles/silage.mdx`. */
  read: (path: string) => string;
  /** Another editor, 「小李」, writes and saves. */
  writeElsewhere: (path: string, text: string) => Promise<void>;
  /** What the browser complained about since the last call: console errors, failed requests, other hosts. */
  complaints: () => string[];
  /** The same without what Decap itself logs and throws when a save is refused. */
  refusals: () => string[];
  close: () => Promise<void>;
}

/** Starts the publishing server on a copy of the content, the demo county's unless told, and opens `/admin/` in Chromium. */
export async function openEditor(options: Pick<OfficeOptions, 'content'> = {}): Promise<Editor> {
  const office = await openNewsroom({ ...options, steps: [] });
  const { served } = office;
  const content = join(office.data, 'content');
  const read = (path: string) => {
    const file = served.newsroom.read(`content/${path}`);
    if (!file) throw new Error(`没有 ${path}`);
    return file.text;
  };
  const other = { id: 'li', name: '小李', login: 'li', role: 'publisher' } as const;

  const { page } = await newWindow(office.administrator);
  const seen: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => seen.push(`pageerror: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && `${origin}/` !== served.url) seen.push(`other host: ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() === 404) seen.push(`404: ${response.url()}`);
  });
  await start({ page }, office);
  return {
    page,
    office,
    url: served.url,
    content,
    read,
    async writeElsewhere(path, text) {
      const { version = null } = served.newsroom.read(`content/${path}`) ?? {};
      await served.newsroom.save(other, { path: `content/${path}`, text, version });
    },
    complaints: () => seen.splice(0),
    refusals: () => {
      const all = seen.splice(0);
      return all.filter(
        (line) => !/status of 4(09|22)|有 \d+ 处要改|改过这一条|处用着它|^pageerror: Object$/.test(line),
      );
    },
    close: async () => {
      await closeWindows();
      await office.close();
    },
  };
}

/** Whatever has a page with the editor in it. */
type OnPage = Pick<Editor, 'page'>;

/** A window of a browser that nobody else uses. */
export type Window = OnPage & { context: BrowserContext };

/** What each page has asked the server and not heard yet. */
const asked = new WeakMap<Page, Set<unknown>>();

function watchQuestions(page: Page): void {
  const open = new Set<unknown>();
  asked.set(page, open);
  page.on('request', (request) => request.url().includes('/api/') && open.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => open.delete(request));
}

/** Stands in a field that refers to other entries until their titles are there, which it asks for half a second later. */
const LOADING = '[class*="-loadingIndicator"]';

const LONGEST_DRAWING_MS = 1000;

/** Waits until the form has heard what it asks by itself and has drawn it, so that a test begins with what it does. */
export async function untilQuiet({ page }: OnPage): Promise<void> {
  const open = asked.get(page) ?? new Set();
  const isLoading = async () => (await page.locator(LOADING).count()) > 0;
  do {
    await page.locator(LOADING).first().waitFor({ state: 'detached' });
    await expect.poll(() => open.size, { interval: 20, timeout: PATIENCE_MS }).toBe(0);
    // On a machine with much other work Chromium may find no idle moment for minutes: then a second must do.
    await page.evaluate(async (timeout) => {
      for (let times = 0; times < 2; times++)
        await new Promise((resolve) => requestIdleCallback(resolve, { timeout }));
    }, LONGEST_DRAWING_MS);
  } while (open.size > 0 || (await isLoading()));
}

/** A window of somebody's own browser, still empty, in which a visitor is signed in; questions are answered with yes unless told otherwise. */
export async function newWindow(visitor?: Visitor): Promise<Window> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, locale: 'zh-CN' });
  if (visitor) await context.addCookies(visitor.cookies());
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  watchQuestions(page);
  page.on('dialog', (dialog) => void dialog.accept().catch(() => {}));
  return { page, context };
}

/** Opens the editor in somebody's own browser. */
export async function openFor(
  office: Office,
  visitor: Visitor,
): Promise<OnPage & { context: BrowserContext }> {
  const window = await newWindow(visitor);
  await start(window, office);
  return window;
}

/** Goes on in a window as somebody else, who signs in there. */
export async function goOnAs(
  { page, context }: Window,
  office: Pick<Office, 'url'>,
  visitor: Visitor,
): Promise<void> {
  await page.goto('about:blank');
  await context.clearCookies();
  await context.addCookies(visitor.cookies());
  await start({ page }, office);
}

/** Closes every window that the tests of a file have opened. */
export async function closeWindows(): Promise<void> {
  const browser = await sharedBrowser();
  await Promise.all(browser.contexts().map((context) => context.close()));
}

/** Opens the editor anew, as after closing the window. */
export async function start({ page }: OnPage, { url }: Pick<Office, 'url'>): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${url}admin/`);
  await page.getByRole('link', { name: '内容', exact: true }).waitFor();
}

/** What the review part of the form shows. */
export const reviewOf = ({ page }: OnPage) => page.getByRole('region', { name: '审核和发布' });

/** The box of a field by its label. */
export const field = ({ page }: OnPage, label: string) => page.getByLabel(label, { exact: true });

/** Types into a box until it holds the words: Decap may take away the selection while it draws something anew. */
export async function write(box: Locator, words: string): Promise<void> {
  for (let tries = 0; tries < 5 && (await box.inputValue()) !== words; tries++) await box.fill(words);
}

/** The box that holds a body as source. */
export const bodyBox = ({ page }: OnPage) => page.locator('.portal-source textarea');

/** Opens an address of the editor, e.g. `#/collections/events`. */
export async function visit({ page }: OnPage, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** Opens an entry from its list, as people do, and waits until its form is there. */
export async function openEntry(editor: OnPage, collection: string, slug: string): Promise<void> {
  const { page } = editor;
  await visit(editor, `#/collections/${collection}`);
  await page.locator(`a[href="#/collections/${collection}/entries/${slug}"]`).first().waitFor();
  await visit(editor, `#/collections/${collection}/entries/${slug}`);
  await page.getByText('都保存了').waitFor();
  await page.locator('label').first().waitFor();
  await untilQuiet(editor);
}

/** Opens the form of a new entry. */
export async function newEntry(editor: OnPage, collection: string): Promise<void> {
  await visit(editor, `#/collections/${collection}`);
  await editor.page.getByRole('link', { name: /^创建/ }).waitFor();
  await visit(editor, `#/collections/${collection}/new`);
  await editor.page.locator('label').first().waitFor();
}

/** Whether the form says that something is not saved. */
export const isChanged = ({ page }: OnPage): Promise<boolean> =>
  page.getByText('有没保存的修改').first().isVisible();

/**
 * Presses 保存. The menu closes when the form is drawn again at that moment; it is opened again then, unless a dialog
 * has come up meanwhile.
 */
export async function pressSave({ page }: OnPage): Promise<void> {
  const item = page.getByRole('menuitem', { name: '保存', exact: true });
  for (let tries = 5; ; tries--) {
    try {
      if (!(await item.isVisible()))
        await page.getByRole('button', { name: '保存', exact: true }).click({ timeout: 5000 });
      return await item.click({ timeout: 5000 });
    } catch (error) {
      if ((await page.locator('dialog[open]').count()) > 0) return;
      if (tries === 0) throw error;
    }
  }
}

/** Presses 保存 and waits until the file is written. */
export async function save(editor: OnPage): Promise<void> {
  const written = editor.page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().endsWith('/api/file'),
  );
  await pressSave(editor);
  const response = await written;
  if (!response.ok()) throw new Error(await response.text());
  await editor.page.getByText('都保存了').waitFor();
  // A new entry moves to its own address afterwards, and would take along whoever is somewhere else by then.
  await editor.page.waitForFunction(() => !location.hash.endsWith('/new'));
}

export const slugsIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => /^([a-z0-9-]+)\.(?:mdx|yaml)$/.exec(name)?.[1] ?? []);
