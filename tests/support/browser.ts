import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';
import { CHROMIUM } from '../../.ci/launcher/system.mjs';

/**
 * Parts of Chromium that no test wants. The first two load pages of the address bar in the background, a third of what a new
 * window costs; the others are those that Playwright switches off: of two such flags the last one counts.
 */
const UNWANTED = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** Quiet and without calls home; a container has neither a sandbox nor a graphics card. */
const CHROMIUM_FLAGS = [
  `--disable-features=${UNWANTED.join()}`,
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a headless Chromium. Close it in `afterAll`.
 *
 * @param flags further command line flags
 * @throws when the machine has none, saying how to get one
 */
export async function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  return chromium.launch({ executablePath: program(), args: [...CHROMIUM_FLAGS, ...flags] });
}

let shared: Promise<Browser> | undefined;

/** One Chromium for all test files of this process, which ends with it; close your contexts, not the browser. */
export function sharedBrowser(): Promise<Browser> {
  shared ??= launchBrowser();
  return shared;
}

function program(): string {
  const found = process.env.CHROMIUM_PATH || CHROMIUM.find((place) => existsSync(place));
  if (!found)
    throw new Error(
      '没有找到 Chromium：请运行 apt-get install chromium fonts-noto-cjk，或用环境变量 CHROMIUM_PATH 指明',
    );
  return found;
}

/** A Chromium that keeps what it stores in a folder and can be killed as a power cut would. */
export interface KillableBrowser {
  context: BrowserContext;
  /** Ends every process of it at once; nothing is written any more. */
  kill: () => Promise<void>;
}

/**
 * Starts a Chromium on a profile folder.
 *
 * @throws when the machine has none
 */
export async function launchProfile(folder: string): Promise<KillableBrowser> {
  const child = spawn(
    program(),
    [
      ...CHROMIUM_FLAGS,
      '--headless=new',
      '--remote-debugging-port=0',
      '--lang=zh-CN',
      `--user-data-dir=${folder}`,
      'about:blank',
    ],
    // A group of its own, so that its helpers go with it.
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const browser = await chromium.connectOverCDP(await debuggingAddress(child));
  return {
    context: browser.contexts()[0] as BrowserContext,
    async kill() {
      const gone = once(child, 'close');
      process.kill(-(child.pid as number), 'SIGKILL');
      await gone;
      await browser.close();
    },
  };
}

function debuggingAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('Chromium 没有启动')));
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on('line', (line) => {
      const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? [];
      if (address) resolve(address);
    });
  });
}
