import { type Palette, palettes } from './palette.ts';

/** Design tokens as CSS, inlined in every page's head. */

const SIZES = `
--serif:'Noto Serif CJK SC','Source Han Serif SC','Noto Serif SC','Songti SC',STZhongsong,STSong,SimSun,serif;
--sans:system-ui,-apple-system,'PingFang SC','HarmonyOS Sans SC',MiSans,'Noto Sans CJK SC','Microsoft YaHei',sans-serif;
--mono:ui-monospace,Menlo,Consolas,'Noto Sans Mono CJK SC',monospace;
--text-xs:.75rem;--text-s:.875rem;--text-m:1rem;--text-l:1.1875rem;--text-xl:1.4375rem;--text-2xl:clamp(1.5rem,1.1rem + 1.9vw,2.125rem);--text-3xl:clamp(2rem,1.2rem + 4vw,3.5rem);
--space-1:.25rem;--space-2:.5rem;--space-3:.75rem;--space-4:1rem;--space-5:1.5rem;--space-6:2.25rem;--space-7:3.5rem;
--measure:36em;--page:68rem;--gutter:clamp(1rem,4vw,2.5rem);--leading:1.8;--target:2.75rem;--radius:3px`;

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const declare = (palette: Palette) =>
  Object.entries(palette)
    .map(([role, colour]) => `--${kebab(role)}:${colour}`)
    .join(';');

/**
 * The head's first style sheet: sizes and the four palettes.
 *
 * @param theme the site's theme colour, `#rrggbb`
 */
export function tokensCss(theme: string): string {
  const { light, lightStrong, dark, darkStrong } = palettes(theme);
  const strong = (rest = '') => `:root[data-mode=elder]${rest},:root[data-contrast=high]${rest}`;
  const scheme = (rest: string) =>
    `:root${rest}{color-scheme:dark;${declare(dark)}}${strong(rest)}{${declare(darkStrong)}}`;
  return `
:root{color-scheme:light;${SIZES.replaceAll('\n', '')};${declare(light)}}${strong()}{${declare(lightStrong)}}
@media screen{${scheme('[data-scheme=dark]')}}
@media screen and (prefers-color-scheme:dark){${scheme(':not([data-scheme=light])')}}
@media screen and (prefers-contrast:more) and (prefers-color-scheme:light){:root:not([data-scheme=dark]){${declare(lightStrong)}}}
:root[data-mode=elder]{--target:60px;--text-xs:.85rem;--text-s:.9rem}`.replaceAll('\n', '');
}
