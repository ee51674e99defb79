import { randomBytes } from 'node:crypto';
import type { Ticket } from '../../stores/requests/store.ts';

/**
 * Secrets of requests that were sent a moment ago. A receipt has an address of its own, so that reloading it sends nothing
 * again; old phones reload a page by themselves, so the secret can be seen there for some minutes, by this address only.
 */

const SHOWN_MS = 10 * 60_000;
const MAX_KEPT = 2000;

export function freshSecrets(now: () => Date) {
  const kept = new Map<string, Ticket & { until: number }>();
  const sweep = () => {
    for (const [token, { until }] of kept) if (until <= now().getTime()) kept.delete(token);
  };
  return {
    /** Keeps a secret for some minutes; returns the token by which it is shown. */
    keep(ticket: Ticket): string {
      sweep();
      const token = randomBytes(18).toString('base64url');
      kept.set(token, { ...ticket, until: now().getTime() + SHOWN_MS });
      if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value as string);
      return token;
    },
    /** The secret of a request, while it is shown. */
    read(reference: string, token: string): string | undefined {
      sweep();
      const found = kept.get(token);
      return found?.reference === reference ? found.secret : undefined;
    },
  };
}
