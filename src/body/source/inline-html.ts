/** The HTML elements that a body may use inside a line, and the older names that editors and Word still write. */
const INLINE_HTML = {
  sub: 'sub',
  sup: 'sup',
  br: 'br',
  kbd: 'kbd',
  u: 'u',
  ruby: 'ruby',
  rt: 'rt',
  rp: 'rp',
  mark: 'mark',
  small: 'small',
  strong: 'strong',
  em: 'em',
  del: 'del',
  b: 'strong',
  i: 'em',
  s: 'del',
  strike: 'del',
} as const satisfies Record<string, string>;

/** The element that an HTML tag name stands for, or undefined when bodies do not know it. */
export const inlineElement = (name: string): string | undefined =>
  /^([a-z]+|[A-Z]+)$/.test(name) ? (INLINE_HTML as Record<string, string>)[name.toLowerCase()] : undefined;
