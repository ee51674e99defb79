import type { TestProject } from 'vitest/node';
import { built, type SiteName } from './built.ts';
import { serve } from './serve.ts';
import type {} from './site.ts';

/** Builds and serves the sites that most files look at: of `npm test` the small county's alone. */
const NAMES: SiteName[] = process.env.TESTS === 'all' ? ['demo', 'county'] : ['county'];

export default async function setup(project: TestProject) {
  const open = await Promise.all(
    NAMES.map(async (name) => {
      const { outDir } = await built(name);
      const { url, close } = await serve(outDir);
      return { site: { url, outDir }, name, close };
    }),
  );
  project.provide('sites', Object.fromEntries(open.map(({ name, site }) => [name, site])));
  return () => Promise.all(open.map(({ close }) => close()));
}
