/** What stands at and around an offset of a text. */

/** Whether a backslash in front makes the character at an offset text. */
export const isEscaped = (text: string, at: number) => {
  let backslashes = 0;
  while (text[at - 1 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 1;
};

/** Offset of the next line break, or of the end of the text. */
export const endOfLine = (text: string, from: number) => {
  const at = text.indexOf('\n', from);
  return at < 0 ? text.length : at;
};

export const characterAt = (text: string, at: number) => String.fromCodePoint(text.codePointAt(at) ?? 10);
export const characterBefore = (text: string, at: number) => {
  const pair = at >= 2 ? text.slice(at - 2, at) : '';
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(pair) ? pair : (text[at - 1] ?? '\n');
};
