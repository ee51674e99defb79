import { isHan, runsOf } from '../text.ts';

/** Counting the terms of texts: those of `termsOf`, and every Han character by itself. */

/** Whether each UTF-16 unit is a Han character. */
let hanUnits: Uint8Array | undefined;

function readHanUnits(): Uint8Array {
  if (hanUnits) return hanUnits;
  hanUnits = new Uint8Array(0x10000);
  for (let unit = 0x2e80; unit <= 0xfaff; unit++) hanUnits[unit] = Number(isHan(String.fromCharCode(unit)));
  return hanUnits;
}

/** Terms by number, found fast: pairs of characters are looked up without making a string of each. */
export class TermNumbers {
  /** The terms, by their numbers. */
  readonly names: string[] = [];
  readonly #pairs = new Map<number, number>();
  readonly #others = new Map<string, number>();
  readonly #singles = new Int32Array(0x10000).fill(-1);

  /** Tells the number of each term of a normalised text, as often as the text has it. */
  count(text: string, tell: (term: number) => void): void {
    // Characters of two units are rare: they take the way round by strings.
    if (/[\ud800-\udfff]/.test(text)) {
      this.#countAny(text, tell);
      return;
    }
    const isHanUnit = readHanUnits();
    let before = -1;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      if (isHanUnit[unit]) {
        tell(this.#single(unit));
        if (before >= 0) tell(this.#pair(before, unit));
        before = unit;
        continue;
      }
      before = -1;
      if (unit === SPACE) continue;
      const start = at;
      while (at + 1 < text.length && isWordUnit(text.charCodeAt(at + 1))) at++;
      tell(this.#other(text.slice(start, at + 1)));
    }

    function isWordUnit(unit: number): boolean {
      return unit !== SPACE && !(isHanUnit as Uint8Array)[unit];
    }
  }

  #countAny(text: string, tell: (term: number) => void): void {
    for (const run of runsOf(text)) {
      const chars = Array.from(run);
      if (!isHan(chars[0] as string)) {
        tell(this.#other(run));
        continue;
      }
      for (const [index, char] of chars.entries()) {
        tell(this.#ofHan(char));
        if (index > 0) tell(this.#ofHan(`${chars[index - 1]}${char}`));
      }
    }
  }

  /** The number of a character or pair, which other texts may look up by its units. */
  #ofHan(term: string): number {
    if (/[\ud800-\udfff]/.test(term)) return this.#other(term);
    const [first, second] = [term.charCodeAt(0), term.charCodeAt(1)];
    return term.length === 1 ? this.#single(first) : this.#pair(first, second);
  }

  #single(unit: number): number {
    const known = this.#singles[unit] as number;
    if (known >= 0) return known;
    const added = this.#add(String.fromCharCode(unit));
    this.#singles[unit] = added;
    return added;
  }

  #pair(first: number, second: number): number {
    const key = first * 0x10000 + second;
    const known = this.#pairs.get(key);
    if (known !== undefined) return known;
    const added = this.#add(String.fromCharCode(first, second));
    this.#pairs.set(key, added);
    return added;
  }

  #other(term: string): number {
    const known = this.#others.get(term);
    if (known !== undefined) return known;
    const added = this.#add(term);
    this.#others.set(term, added);
    return added;
  }

  #add(term: string): number {
    return this.names.push(term) - 1;
  }
}

const SPACE = 0x20;
