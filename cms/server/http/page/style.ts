import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Content } from '../../../../src/store/index.ts';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import { tokensCss } from '../../../../src/style/tokens.ts';

const read = (path: string) => readFileSync(fileURLToPath(new URL(path, import.meta.url)), 'utf8');

const LAYERS = {
  reset: ['../../../../src/style/reset.css'],
  base: ['../../../../src/style/base.css'],
  layout: ['../../../../src/style/layout.css'],
  components: ['./desk.css', './reading.css'],
  utilities: ['../../../../src/style/utilities.css'],
};

let layers: string | undefined;

/** The desk's style sheet: the site's own tokens and layers, in its theme colour, `desk.css` and `reading.css`. */
export function deskStyle(content: Content): string {
  layers ??= Object.entries(LAYERS)
    .map(([layer, paths]) => `@layer ${layer}{${paths.map(read).join('\n')}}`)
    .join('\n');
  const { themeColor } = siteSettingsOf(content);
  return `@layer ${Object.keys(LAYERS).join(',')};${tokensCss(themeColor)}\n${layers}`;
}
