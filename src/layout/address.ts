/** Puts the site's base path before an address that begins with `/`; other addresses stay. */
export function href(address: string): string {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  return address.startsWith('/') && !address.startsWith('//') ? `${base}${address}` : address;
}
