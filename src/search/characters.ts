/** What the browser knows of characters; fetched when a query needs it, written by `tables.ts` at build. */
export interface Characters {
  /** Mandarin syllable without tones, `lv` for 绿; also tells which characters the site itself may use. */
  readonly syllableOf: ReadonlyMap<string, string>;
  /** Traditional character → simplified character. */
  readonly simplifiedOf: ReadonlyMap<string, string>;
}

export const NO_CHARACTERS: Characters = { syllableOf: new Map(), simplifiedOf: new Map() };

/** Reads `a啊阿 ai爱艾…`: a syllable, then the characters read so. */
export function readSyllables(table: string): Map<string, string> {
  const syllableOf = new Map<string, string>();
  for (const group of table.split(' ')) {
    const [syllable = ''] = /^[a-z]*/.exec(group) ?? [];
    for (const char of group.slice(syllable.length)) syllableOf.set(char, syllable);
  }
  return syllableOf;
}

/** Reads `万萬 与與…`: a simplified character, then its traditional forms. */
export function readTraditional(table: string): Map<string, string> {
  const simplifiedOf = new Map<string, string>();
  for (const group of table.split(' ')) {
    const [simplified = '', ...forms] = Array.from(group);
    for (const form of forms) simplifiedOf.set(form, simplified);
  }
  return simplifiedOf;
}

/** Pairs of initials or finals that many speakers and typists do not tell apart. */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/^zh/, 'z'],
  [/^ch/, 'c'],
  [/^sh/, 's'],
  [/^[nr](?=[a-z])/, 'l'],
  [/^f/, 'h'],
  [/([aei])ng$/, '$1n'],
];

const foldings = new Map<string, string>();

/** The syllable that stands for all that sound alike: `zang`, `zhan`, `zhang` are `zan`. */
export function foldedSound(syllable: string): string {
  const known = foldings.get(syllable);
  if (known !== undefined) return known;
  const folded = ALIKE.reduce((text, [pattern, to]) => text.replace(pattern, to), syllable);
  foldings.set(syllable, folded);
  return folded;
}

/** Whether two syllables sound alike to many: 斜音 such as zh/z, n/l, ing/in. */
export const soundAlike = (a: string, b: string): boolean => a === b || foldedSound(a) === foldedSound(b);
