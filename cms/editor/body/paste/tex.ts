/** Text inside TeX. */

const SPECIAL: Record<string, string> = {
  '\\': '\\backslash ',
  '{': '\\{',
  '}': '\\}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\hat{\\ }',
  '~': '\\sim ',
  '<': '\\lt ',
  '>': '\\gt ',
  '*': '\\ast ',
  '|': '\\vert ',
  '`': '{}^{\\prime}',
  '−': '-',
  '′': "'",
  '\u2061': '',
  '\u2062': '',
  '\u2063': ',',
  '\u2064': '+',
  '∑': '\\sum ',
  '∏': '\\prod ',
  '∫': '\\int ',
  '°': '{}^{\\circ}',
};

const HAN = /[\p{Script=Han}，。、；：（）“”]/u;

/** A number, an operator or a variable of a formula. */
export const texToken = (text: string): string =>
  HAN.test(text) ? texText(text) : [...text].map((character) => SPECIAL[character] ?? character).join('');

/** Words of a formula, set upright. */
export const texText = (text: string, command: 'text' | 'mathrm' = 'text'): string =>
  `\\${command}{${text
    .replace(/\s+/g, ' ')
    .replace(/[\\{}$&#%_^~<>*|`]/g, (character) =>
      /[{}$&#%_]/.test(character)
        ? `\\${character}`
        : '\\' === character
          ? ''
          : character === '<'
            ? '＜'
            : character === '>'
              ? '＞'
              : ' ',
    )}}`;

/** What has an index or a power: one character or command as it is, more in braces. */
export const texBase = (tex: string): string =>
  [...tex].length === 1 || /^\\[A-Za-z]+$/.test(tex) ? tex : `{${tex}}`;
