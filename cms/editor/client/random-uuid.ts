/**
 * `crypto.randomUUID` for pages without https: browsers have it in secure contexts only, and an office may open the editor
 * at `http://192.168.…`. Decap, the calendar's identifiers and working copies need it. RFC 9562, version 4.
 */
export function addRandomUuid(to: Pick<Crypto, 'getRandomValues'> & { randomUUID?: unknown }): void {
  if (to.randomUUID) return;
  Object.defineProperty(to, 'randomUUID', {
    value() {
      const bytes = to.getRandomValues(new Uint8Array(16));
      bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40;
      bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
      const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    },
  });
}

addRandomUuid(crypto);
