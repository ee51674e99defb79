/** Puts the site's base path before an address that begins with `/`; other addresses stay. */
export function href(address: string): string {
  const base = import.meta.env.BASE_URL.replace(/\/$/, '');
  return address.startsWith('/') && !address.startsWith('//') ? `${base}${address}` : address;
}

/** The full public address, `https://…`, for feeds, QR codes, sharing and schema.org; takes what `href` takes. */
export const absolute = (address: string): string => new URL(href(address), import.meta.env.SITE).href;
