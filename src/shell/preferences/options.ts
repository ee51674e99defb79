/** What a reader can choose. The choice is kept in `localStorage` and set as `data-*` on `<html>`; see tokens.ts. */

export const STORAGE_KEY = 'reading';

export interface Preference {
  /** Name of the data attribute. */
  name: 'size' | 'scheme' | 'contrast';
  label: string;
  /** Value → label; the empty value is the default and sets no attribute. */
  options: Readonly<Record<string, string>>;
}

export const PREFERENCES: readonly Preference[] = [
  { name: 'size', label: '字号', options: { '': '标准', large: '大', larger: '特大', largest: '超大' } },
  { name: 'scheme', label: '配色', options: { '': '跟随设备', light: '浅色', dark: '深色' } },
  { name: 'contrast', label: '对比度', options: { '': '标准', high: '高' } },
];
