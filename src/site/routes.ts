/** First parts of addresses that the site itself uses, so that no single page takes them: `bases`, `help`, `uploads` … */
export function routeNames(routes: readonly string[], publicFiles: readonly string[]): Set<string> {
  const fixed = routes.filter((name) => !name.startsWith('[')).map((name) => name.replace(/\..*$/, ''));
  return new Set([...fixed, ...publicFiles, 'admin', 'pagefind', 'pictures']);
}
