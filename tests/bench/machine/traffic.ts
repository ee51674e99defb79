import type { Page } from 'playwright-core';

/** Kinds of what a page loads, as the DevTools protocol names them. */
export type ResourceType = 'Document' | 'Stylesheet' | 'Script' | 'Image' | 'Font' | 'Fetch' | 'Other';

export interface Traffic {
  /** Bytes over the line since `reset`, headers included. */
  bytes: (type?: ResourceType) => number;
  /** The same without headers: the files as they are compressed. */
  bodies: (type?: ResourceType) => number;
  reset: () => void;
  /** Resolves when nothing has been loading for a moment. */
  quiet: () => Promise<void>;
}

const QUIET_MS = 150;
/** Something that never ends must not hold up the rest. */
const QUIET_WITHIN_MS = 60_000;

/**
 * Counts what a page loads, compressed as it travels (`Network.loadingFinished`):
 * https://chromedevtools.github.io/devtools-protocol/tot/Network/
 */
export async function watchTraffic(page: Page): Promise<Traffic> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const types = new Map<string, string>();
  const headers = new Map<string, number>();
  const underway = new Set<string>();
  const loaded: { type: string; bytes: number; body: number }[] = [];
  let last = performance.now();
  session.on('Network.requestWillBeSent', ({ requestId, type = 'Other', request }) => {
    if (!request.url.startsWith('http')) return;
    types.set(requestId, type);
    underway.add(requestId);
  });
  const ended = (requestId: string, bytes: number) => {
    if (!underway.delete(requestId)) return;
    last = performance.now();
    const body = Math.max(0, bytes - (headers.get(requestId) ?? 0));
    loaded.push({ type: types.get(requestId) ?? 'Other', bytes, body });
  };
  // What had come when the headers were there.
  session.on('Network.responseReceived', ({ requestId, response }) => {
    headers.set(requestId, response.encodedDataLength);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) =>
    ended(requestId, encodedDataLength),
  );
  session.on('Network.loadingFailed', ({ requestId }) => ended(requestId, 0));
  const sum = (what: 'bytes' | 'body', type?: ResourceType) =>
    loaded.filter((one) => !type || one.type === type).reduce((total, one) => total + one[what], 0);
  return {
    bytes: (type) => sum('bytes', type),
    bodies: (type) => sum('body', type),
    reset: () => {
      loaded.length = 0;
    },
    async quiet() {
      last = performance.now();
      const until = last + QUIET_WITHIN_MS;
      while (performance.now() < until && (underway.size > 0 || performance.now() - last < QUIET_MS))
        await new Promise((resolve) => setTimeout(resolve, QUIET_MS / 3));
    },
  };
}
