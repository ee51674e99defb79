/** A name cut as a seal: where each character stands in a square of 100 × 100. */

export interface SealCharacter {
  character: string;
  /** Centre, and size of the em box. */
  x: number;
  y: number;
  size: number;
}

/**
 * Lays out up to four characters the way seals are read: top to bottom, right column first. A longer name gives its
 * first four, an odd third character fills the left column.
 */
export function sealCharacters(name: string): SealCharacter[] {
  const characters = [...name.replace(/\s/g, '')].slice(0, 4);
  if (characters.length === 1) return [{ character: characters[0] as string, x: 50, y: 50, size: 76 }];
  const size = 42;
  if (characters.length === 2)
    return characters.map((character, index) => ({ character, x: 50, y: 29 + index * 42, size }));
  return characters.map((character, index) => ({
    character,
    x: index < 2 ? 71 : 29,
    y: characters.length === 3 && index === 2 ? 50 : 29 + (index % 2) * 42,
    size,
  }));
}
