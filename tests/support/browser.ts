import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

/** Where Debian, Ubuntu, Fedora and macOS keep a Chromium; `CHROMIUM_PATH` names another. */
const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Quiet and without calls home; a container has neither a sandbox nor a graphics card. */
const CHROMIUM_FLAGS = [
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
export function launchBrowser(flags: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH || PLACES.find((place) => existsSync(place));
  if (!executablePath)
    throw new Error(
      '没有找到 Chromium：请运行 apt-get install chromium fonts-noto-cjk，或用环境变量 CHROMIUM_PATH 指明',
    );
  return chromium.launch({ executablePath, args: [...CHROMIUM_FLAGS, ...flags] });
}
