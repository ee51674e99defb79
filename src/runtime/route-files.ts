import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';

let files: string[] | undefined;

/** Files of `src/pages`, as `events/changes/index.astro`, and the names in `public`; read once. */
export function routeFiles(root = resolve('.')): string[] {
  files ??= [
    ...readdirSync(resolve(root, 'src/pages'), { recursive: true, withFileTypes: true })
      .filter((item) => item.isFile())
      .map((item) => resolve(item.parentPath, item.name).slice(resolve(root, 'src/pages').length + 1)),
    ...readdirSync(resolve(root, 'public')),
  ].map((file) => file.replaceAll('\\', '/'));
  return files;
}
