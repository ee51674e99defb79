import { PREFERENCES, STORAGE_KEY } from './options.ts';

const NAMES = ['mode', ...PREFERENCES.map(({ name }) => name)].join('|');

/**
 * Sets what a reader chose before the page is first shown. It stands in every page: as a file, it would hold up the first
 * page of a visit by a round trip. The site's policy allows this one inline script by its digest.
 */
export const RECALL = `try{const p=JSON.parse(localStorage.getItem('${STORAGE_KEY}')||'{}');for(const k in p)if(/^(${NAMES})$/.test(k))document.documentElement.dataset[k]=p[k]}catch{}`;
