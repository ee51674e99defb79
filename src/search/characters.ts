/**
 * The character table that the browser fetches when a query needs it: Mandarin syllables without tones
 * (`lv` for 绿), and the simplified form of traditional characters. Written by `tables.ts` at build.
 */
export interface CharactersFile {
  /** `a啊阿 ai爱艾…`: a syllable, then the characters read so. */
  syllables: string;
  /** `万萬 与與…`: a simplified character, then its traditional forms. */
  traditional: string;
}

export interface Characters {
  readonly syllableOf: ReadonlyMap<string, string>;
  readonly simplifiedOf: ReadonlyMap<string, string>;
  /** Every syllable in the table. */
  readonly syllables: ReadonlySet<string>;
}

export const NO_CHARACTERS: Characters = {
  syllableOf: new Map(),
  simplifiedOf: new Map(),
  syllables: new Set(),
};

/** Reads the file's two strings into maps. */
export function readCharacters(file: CharactersFile): Characters {
  const syllableOf = new Map<string, string>();
  const simplifiedOf = new Map<string, string>();
  const syllables = new Set<string>();
  for (const group of file.syllables.split(' ')) {
    const syllable = /^[a-z]*/.exec(group)?.[0] ?? '';
    if (syllable) syllables.add(syllable);
    for (const char of group.slice(syllable.length)) syllableOf.set(char, syllable);
  }
  for (const group of file.traditional.split(' ')) {
    const [simplified, ...forms] = Array.from(group);
    for (const form of forms) simplifiedOf.set(form, simplified as string);
  }
  return { syllableOf, simplifiedOf, syllables };
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

const folded = (syllable: string) =>
  ALIKE.reduce((text, [pattern, to]) => text.replace(pattern, to), syllable);

/** Whether two syllables sound alike to many: 斜音 such as zh/z, n/l, ing/in. */
export const soundAlike = (a: string, b: string): boolean => a === b || folded(a) === folded(b);
