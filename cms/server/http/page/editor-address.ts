/** Address of an entry in the editor; `root` is the relative path to the site's root. */
export function editorAddress(root: string, path: string): string {
  const [, collection = '', slug = ''] = /^content\/([\w-]+)\/([\w-]+)\.\w+$/.exec(path) ?? [];
  return `${root}admin/#/collections/${collection}/entries/${slug}`;
}
