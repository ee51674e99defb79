/**
 * Stands in for `pinyin-pro` in the browser: its tables come after the page is drawn, and with them the pinyin of titles,
 * of uploads and of the search. Until then there is none.
 */

type Pinyin = typeof import('virtual:pinyin').pinyin;

let loaded: Pinyin | undefined;

/** Settles when there is pinyin; loads it at the first call. */
export const pinyinReady = async (): Promise<void> => {
  loaded ??= (await import('virtual:pinyin')).pinyin;
};

/** As the package's own, for results of the type `array`. */
export const pinyin = (text: string, options: { type: 'array'; [option: string]: unknown }): string[] =>
  loaded ? loaded(text, options) : [];

// Most forms need it at once for the address of a new entry.
requestIdleCallback(() => void pinyinReady().catch(() => {}));
