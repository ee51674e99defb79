/** Pages as Astro names them. */

/** A page to be made: an address as Astro gives it, with its route. */
export interface StaticPath {
  pathname: string;
  route: { type: string; component: string };
  cacheKey?: string | undefined;
}

/** File of a page in the site, as Astro names it for `build.format: 'directory'`. */
export function fileOf({ pathname, route }: StaticPath): string {
  const name = pathname.replace(/^\/+|\/+$/g, '');
  if (route.type === 'endpoint') return name;
  if (name === '404' || name === '500') return `${name}.html`;
  return name ? `${name}/index.html` : 'index.html';
}

/** Each address once: Astro gives it to the first route that wants it. */
export function firstOfEach<Path extends StaticPath>(paths: readonly Path[]): Path[] {
  const seen = new Set<string>();
  return paths.filter((path) => {
    const address = path.pathname.replace(/\/$/, '');
    if (seen.has(address)) return false;
    seen.add(address);
    return true;
  });
}
