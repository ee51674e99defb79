import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { AstroIntegration } from 'astro';
import { currentContent } from '../../../../src/store/index.ts';
import type { Read } from '../../../../src/runtime/reads.ts';
import { keepCode, keepState, readTemplates } from './kept-templates.ts';
import type { StaticPath } from './paths.ts';

/**
 * The templates as Astro compiles them for a build, kept so that builds need neither Vite nor Astro's set-up: the very
 * code that would render the pages, with the styles that Astro keeps in memory. Astro has no interface for
 * that; what is used of its inside (7.3.5, pinned) is all in this file, and a build that fails here is followed by
 * a full one.
 */

interface Route {
  type: string;
  component: string;
  pattern: RegExp;
}

/** The parts of Astro's build app that are used. */
interface App {
  setInternals(internals: object): void;
  setOptions(options: object): void;
  getSettings(): { scripts: unknown[] };
  manifest: { routes: { routeData: Route }[] };
  /** What `getStaticPaths` answered, for `render`. */
  routeCache: { clearAll(): void };
  getComponentByRoute(route: unknown): Promise<unknown>;
  render(request: Request, options: { routeData: unknown }): Promise<Response>;
}

/** A page, and what was read to find out that there is one of that address, and with which props. */
export interface RoutedPath extends StaticPath {
  reads: ReadonlySet<Read>;
}

export interface Templates {
  id: string;
  site: string | undefined;
  base: string;
  /** Every page of the site by the content as it is now; asks all `getStaticPaths`, and notes what each has read. */
  paths: () => Promise<RoutedPath[]>;
  /**
   * The page at an address by the content as it is now; undefined when there is none.
   *
   * @param address without the base, `/articles/silage/`
   */
  find: (address: string) => Promise<StaticPath | undefined>;
  render: (path: StaticPath) => Promise<Response>;
}

/**
 * Compiles the templates and keeps them in the root: a part of a build by Astro that makes no page.
 *
 * @param id what the templates are called from then on
 */
export function compileOnly(root: string, id: string): AstroIntegration {
  let styled: Map<string, { styles: unknown[] }> = new Map();
  let config: { site?: string | undefined; base: string; outDir: URL; build: { assets: string } };
  let kept: { entry: string; scripts: unknown[] } | undefined;
  return {
    name: 'compile-only',
    hooks: {
      'astro:config:done': (done) => {
        config = done.config;
      },
      'astro:build:setup': ({ pages }) => {
        styled = pages as unknown as typeof styled;
      },
      'astro:build:start': ({ setPrerenderer }) =>
        setPrerenderer((usual) => ({
          ...usual,
          name: 'compile-only',
          getStaticPaths: async () => {
            const { app } = usual as unknown as { app: App };
            const code = codeFolderOf(fileURLToPath(config.outDir));
            kept = { entry: entryIn(code), scripts: app.getSettings().scripts };
            keepCode(root, code);
            return [];
          },
        })),
      'astro:build:done': ({ dir }) => {
        if (!kept) throw new Error('Astro 没有编译模板');
        const { site, base, build } = config;
        const styles = [...styled].map(([key, { styles }]): [string, unknown] => [key, { styles }]);
        keepState(root, join(fileURLToPath(dir), build.assets), { ...kept, id, site, base, styles });
      },
    },
  };
}

/** Astro writes the code into the site's folder, or into the root's when that one lies elsewhere. */
function codeFolderOf(outDir: string): string {
  const found = [outDir, resolve('.astro')]
    .map((folder) => join(folder, '.prerender'))
    .find((folder) => existsSync(folder));
  if (!found) throw new Error('Astro 没有写出模板的代码');
  return found;
}

function entryIn(code: string): string {
  const entry = readdirSync(code).find((name) => /^prerender-entry.*\.mjs$/.test(name));
  if (!entry) throw new Error('模板的代码里没有入口');
  return entry;
}

/** A path without slashes at its ends, its characters decoded. */
const nameOf = (pathname: string): string => decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');

interface StaticPaths {
  getAll(): Promise<StaticPath[]>;
}
type StaticPathsClass = new (app: Partial<App>) => StaticPaths;

const loadStaticPaths = async (root: string): Promise<StaticPathsClass> =>
  (await import(pathToFileURL(join(root, 'node_modules/astro/dist/runtime/prerender/static-paths.js')).href))
    .StaticPaths;

/** Every page, route by route, so that each has what was read for its own route only. */
async function routedPaths(app: App, StaticPaths: StaticPathsClass): Promise<RoutedPath[]> {
  const found: RoutedPath[] = [];
  for (const route of app.manifest.routes) {
    const { value, reads } = await currentContent().recorder.collect(() => pathsOf(app, route, StaticPaths));
    found.push(...value.map((path) => ({ ...path, reads })));
  }
  return found;
}

function pathsOf(app: App, route: App['manifest']['routes'][number], StaticPaths: StaticPathsClass) {
  const { manifest, routeCache } = app;
  const getComponentByRoute = app.getComponentByRoute && ((one: unknown) => app.getComponentByRoute(one));
  const alone = { manifest: { ...manifest, routes: [route] }, routeCache, getComponentByRoute };
  return new StaticPaths(alone).getAll();
}

/** Loads the templates kept in a root, all code included, without reading any content. */
export async function loadTemplates(root: string): Promise<Templates> {
  const state = readTemplates(root);
  const { app } = (await import(pathToFileURL(state.entry).href)) as { app: App };
  app.setInternals({ pagesByKeys: new Map(state.styles), entrySpecifierToBundleMap: new Map() });
  app.setOptions({
    settings: { scripts: state.scripts },
    logger: { options: { destination: { write: () => true } } },
  });
  const StaticPaths = await loadStaticPaths(root);
  for (const { routeData } of app.manifest.routes)
    // Pages in MDX may read settings as they load.
    if (!routeData.component.endsWith('.mdx')) await app.getComponentByRoute(routeData);
  const origin = state.site ? new URL(state.site).origin : 'http://localhost';
  return {
    id: state.id,
    site: state.site,
    base: state.base,
    paths: () => routedPaths(app, StaticPaths),
    async find(address) {
      app.routeCache.clearAll();
      const routes = app.manifest.routes.filter(
        ({ routeData }) => routeData.type === 'page' && routeData.pattern.test(address),
      );
      for (const route of routes) {
        const paths = await pathsOf(app, route, StaticPaths);
        const found = paths.find(({ pathname }) => nameOf(pathname) === nameOf(address));
        if (found) return found;
      }
      return undefined;
    },
    render: ({ pathname, route }) => {
      const name = pathname.replace(/^\/+|\/+$/g, '');
      // As Astro asks: a slash at the end of all that does not look like a file.
      const isFile = !name || (route.type === 'endpoint' && /\.[^./]+$/.test(name));
      const address = `${state.base}/${name}${isFile ? '' : '/'}`;
      const url = new URL(address.replace(/\/+/g, '/'), origin);
      return app.render(new Request(url), { routeData: route });
    },
  };
}
