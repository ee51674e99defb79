import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { sharedBrowser } from '../support/browser.ts';
import { unfoldGroups, waitForForm } from '../support/form-groups.ts';
import { type Office, type OfficeOptions, openNewsroom, type Visitor } from '../support/newsroom.ts';

/** Long enough for a busy machine. */
export const TIMEOUT_MS = 30_000;

/** A running editor on a copy of the content, and a signed-in browser whose errors are collected. */
export interface Editor {
  page: Page;
  office: Office;
  /** `http://127.0.0.1:<port>/` */
  url: string;
  /** Folder of the published content. */
  content: string;
  /** Text of an entry, of its draft if there is one: `articles/silage.mdx`. */
  read: (path: string) => string;
  /** Another editor, 「小李」, writes and saves. */
  writeElsewhere: (path: string, text: string) => Promise<void>;
  /** Browser errors since the last call: console errors, failed requests, requests to other hosts. */
  browserErrors: () => string[];
  /** The same without those that Decap and the browser log when a save is refused. */
  unexpectedErrors: () => string[];
  close: () => Promise<void>;
}

/** Starts the publishing server on a copy of the content, by default the demo county's, and opens `/admin/` in Chromium. */
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
    browserErrors: () => seen.splice(0),
    unexpectedErrors: () => {
      const all = seen.splice(0);
      return all.filter(
        (line) =>
          line.startsWith('pageerror') || !/status of 4(09|22)|有 \d+ 处要改|改过这一条|处用着它/.test(line),
      );
    },
    close: async () => {
      await closeWindows();
      await office.close();
    },
  };
}

/** An object with a page that shows the editor. */
type WithPage = Pick<Editor, 'page'>;

/** A page in a browser context of its own, with its own cookies. */
export type Window = WithPage & { context: BrowserContext };

/** Pending API requests of each page. */
const pendingRequests = new WeakMap<Page, Set<unknown>>();

function trackRequests(page: Page): void {
  const open = new Set<unknown>();
  pendingRequests.set(page, open);
  page.on('request', (request) => request.url().includes('/api/') && open.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => open.delete(request));
}

/** Shown in a relation field until it has loaded the titles, which begins half a second later. */
const LOADING = '[class*="-loadingIndicator"]';

const IDLE_TIMEOUT_MS = 1000;

/** Waits until the form has finished its own requests and rendered the responses. */
export async function waitForIdle({ page }: WithPage): Promise<void> {
  const open = pendingRequests.get(page) ?? new Set();
  const isLoading = async () => (await page.locator(LOADING).count()) > 0;
  do {
    await page.locator(LOADING).first().waitFor({ state: 'detached' });
    await expect.poll(() => open.size, { interval: 20, timeout: TIMEOUT_MS }).toBe(0);
    // On a busy machine Chromium may not be idle for minutes: then a second must do.
    await page.evaluate(async (timeout) => {
      for (let times = 0; times < 2; times++)
        await new Promise((resolve) => requestIdleCallback(resolve, { timeout }));
    }, IDLE_TIMEOUT_MS);
  } while (open.size > 0 || (await isLoading()));
}

/**
 * Bodies open as Markdown, unless something else was chosen: most tests look at the text that is stored. Those of the
 * document editor call `writeOnPage`.
 */
export const openAsSource = (context: BrowserContext) =>
  context.addInitScript(() => {
    if (location.protocol !== 'about:' && localStorage.getItem('portal.body-mode') === null)
      localStorage.setItem('portal.body-mode', 'source');
  });

/** An empty page in a new browser context, signed in as a visitor; `confirm` dialogs are accepted. */
export async function newWindow(visitor?: Visitor): Promise<Window> {
  const browser = await sharedBrowser();
  const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, locale: 'zh-CN' });
  await unfoldGroups(context);
  if (visitor) await context.addCookies(visitor.cookies());
  await openAsSource(context);
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  trackRequests(page);
  page.on('dialog', (dialog) => void dialog.accept().catch(() => {}));
  return { page, context };
}

/** Opens the editor in a new browser context, signed in as a visitor. */
export async function openEditorAs(
  office: Office,
  visitor: Visitor,
): Promise<WithPage & { context: BrowserContext }> {
  const window = await newWindow(visitor);
  await start(window, office);
  return window;
}

/** Signs in as another user in the same window. */
export async function switchUser(
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

/** Loads the editor again, as after closing the window. */
export async function start({ page }: WithPage, { url }: Pick<Office, 'url'>): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${url}admin/`);
  await page.getByRole('link', { name: '内容', exact: true }).waitFor();
}

/** What the review part of the form shows. */
export const reviewOf = ({ page }: WithPage) => page.getByRole('region', { name: '审核和发布' });

/** The box of a field by its label. */
export const field = ({ page }: WithPage, label: string) => page.getByLabel(label, { exact: true });

/** Fills a box until it has the value: Decap may lose the input when it renders at that moment. */
export async function write(box: Locator, words: string): Promise<void> {
  for (let tries = 0; tries < 5 && (await box.inputValue()) !== words; tries++) await box.fill(words);
}

/** The box that holds a body as source. */
export const bodyBox = ({ page }: WithPage) => page.locator('.portal-source textarea');

/** Inserts a picture into that text; a group of the form has the same name. */
export const pictureButton = ({ page }: WithPage) =>
  page.getByRole('toolbar', { name: '插入' }).getByRole('button', { name: '图片', exact: true });

/** Makes bodies open as they do for everyone: in the document editor. */
export const writeOnPage = ({ page }: WithPage) =>
  page.evaluate(() => localStorage.setItem('portal.body-mode', 'document'));

/** Opens 「高级」 below the body; the group of the same name is a button. */
export const openAdvanced = ({ page }: WithPage) =>
  page.locator('summary').getByText('高级', { exact: true }).click();

/** The text of the body in the document editor. */
export const bodyText = ({ page }: WithPage) => page.getByRole('textbox', { name: '正文', exact: true });

/** Opens an address of the editor, e.g. `#/collections/events`. */
export async function visit({ page }: WithPage, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

/** Opens an entry from its list, as users do, and waits for its form. */
export async function openEntry(editor: WithPage, collection: string, slug: string): Promise<void> {
  const { page } = editor;
  await visit(editor, `#/collections/${collection}`);
  await page.locator(`a[href="#/collections/${collection}/entries/${slug}"]`).first().waitFor();
  await visit(editor, `#/collections/${collection}/entries/${slug}`);
  await page.getByText('都保存了').waitFor();
  await waitForForm(page);
  await waitForIdle(editor);
}

/** Opens the form of a new entry. */
export async function newEntry(editor: WithPage, collection: string): Promise<void> {
  await visit(editor, `#/collections/${collection}`);
  await editor.page.getByRole('link', { name: /^新建/ }).waitFor();
  await visit(editor, `#/collections/${collection}/new`);
  await waitForForm(editor.page);
}

/** Opens the preview beside the form; it stays open for the entries that follow. */
export async function openPreview({ page }: WithPage): Promise<void> {
  const button = page.getByRole('button', { name: '预览', exact: true });
  if ((await button.getAttribute('aria-pressed')) === 'false') await button.click();
  await page.locator('#preview-pane').waitFor();
}

/** Closes it; on a phone it would lie over the form. */
export async function closePreview({ page }: WithPage): Promise<void> {
  const button = page.getByRole('button', { name: '预览', exact: true });
  if ((await button.getAttribute('aria-pressed')) === 'true') await button.click();
  await page.locator('#preview-pane').waitFor({ state: 'detached' });
}

/** The dialog that offers what was typed and not saved. */
export const unsavedOffer = ({ page }: WithPage) => page.getByRole('dialog', { name: '有没保存完的内容' });

/** Answers that dialog: what was typed before is not wanted. */
export async function discardUnsaved(editor: WithPage): Promise<void> {
  await unsavedOffer(editor).getByRole('button', { name: '丢弃' }).click();
  await unsavedOffer(editor).waitFor({ state: 'detached' });
}

/** Whether the form says that something is not saved. */
export const isChanged = ({ page }: WithPage): Promise<boolean> =>
  page.getByText('有没保存的修改').first().isVisible();

/**
 * Presses 保存. The menu closes if the form renders at that moment; then it is opened again, unless a dialog is open.
 */
export async function pressSave({ page }: WithPage): Promise<void> {
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
export async function save(editor: WithPage): Promise<void> {
  const written = editor.page.waitForResponse(
    (response) => response.request().method() === 'PUT' && response.url().endsWith('/api/file'),
  );
  await pressSave(editor);
  const response = await written;
  if (!response.ok()) throw new Error(await response.text());
  await editor.page.getByText('都保存了').waitFor();
  // The URL of a new entry changes after saving, which would override a navigation that follows.
  await editor.page.waitForFunction(() => !location.hash.endsWith('/new'));
}

export const slugsIn = (folder: string): string[] =>
  readdirSync(folder).flatMap((name) => /^([a-z0-9-]+)\.(?:mdx|yaml)$/.exec(name)?.[1] ?? []);
