/** The township that the visitor chose, kept on the device only. */

const KEY = 'township';

/** Its id, or an empty text. */
export function myTownship(): string {
  try {
    return localStorage.getItem(KEY) ?? '';
  } catch {
    return '';
  }
}

export function rememberTownship(id: string): void {
  try {
    if (id) localStorage.setItem(KEY, id);
    else localStorage.removeItem(KEY);
  } catch {
    // Private browsing: asked again next time.
  }
}
