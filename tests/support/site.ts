import { inject } from 'vitest';
import { buildAndServe, type Site } from './build.ts';

export type { Site } from './build.ts';

declare module 'vitest' {
  interface ProvidedContext {
    site: Site;
  }
}

/** The demo site that `setup.ts` built and serves for this run; outside the `site` project, built now. */
export async function builtSite(): Promise<Site> {
  return inject('site') ?? buildAndServe();
}
