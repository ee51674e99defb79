import { inject } from 'vitest';
import { built, type SiteName } from './built.ts';
import { serve } from './serve.ts';

/** A built site that is served. */
export interface Site {
  /** `http://127.0.0.1:<port>`, without a slash at the end. */
  url: string;
  /** Absolute path of the built files. */
  outDir: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    /** Served for the whole run by `setup.ts`. */
    sites: Partial<Record<SiteName, Site>>;
  }
}

/** A site that `setup.ts` serves for this run, else one served by this process as long as it runs. */
export async function builtSite(name: SiteName = 'demo'): Promise<Site> {
  const ready = inject('sites')?.[name];
  if (ready) return ready;
  const { outDir } = await built(name);
  return { outDir, url: (await serve(outDir)).url };
}
