/** Text of a file from the bytes that a person's program wrote. */

export interface DecodedText {
  /** Undefined: the bytes are no text. */
  text: string | undefined;
  /** How the text was not UTF-8, and what to do; undefined when it was. */
  notice: string | undefined;
}

const SAVE_AGAIN = '请用记事本或 WPS 打开，「另存为」时编码选 UTF-8';

/**
 * Decodes strictly: a byte that is no UTF-8 never becomes a question mark. Programs on Windows in China save GB18030 (GBK)
 * or UTF-16: such a file is read as what it is, and said.
 *
 * @see https://encoding.spec.whatwg.org/
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const { encoding, text } = recognise(bytes);
  if (text === undefined) return NO_TEXT;
  if (encoding === 'utf-8') return text.includes('\0') ? NO_TEXT : { text, notice: undefined };
  if (encoding !== 'gb18030') return { text, notice: `文件的编码是 UTF-16，已经照样读了；${SAVE_AGAIN}` };
  return looksChinese(text) ? { text, notice: `文件的编码是 GBK，已经照 GBK 读了；${SAVE_AGAIN}` } : NO_TEXT;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'gb18030';

/** UTF-16 by its byte order mark, UTF-8 when every byte is; else what Windows in China saves. */
export const encodingOf = (bytes: Uint8Array): Encoding => recognise(bytes).encoding;

/** The encoding, and the text where no byte breaks its rules. */
function recognise(bytes: Uint8Array): { encoding: Encoding; text: string | undefined } {
  const utf16 = byteOrder(bytes);
  if (utf16) return { encoding: utf16, text: strictly(utf16, bytes) };
  const text = strictly('utf-8', bytes);
  return text === undefined
    ? { encoding: 'gb18030', text: strictly('gb18030', bytes) }
    : { encoding: 'utf-8', text };
}

const NO_TEXT: DecodedText = {
  text: undefined,
  notice: `文件不是文字，或编码认不出来，没有读：${SAVE_AGAIN}，再放回来`,
};

function byteOrder([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

function strictly(encoding: Encoding, bytes: Uint8Array): string | undefined {
  try {
    // The mark of a UTF-8 file is part of it: what is not changed is written back byte by byte.
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: encoding === 'utf-8' }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Almost any bytes are valid GB18030: what was no Chinese text becomes rare characters, private ones and controls. */
function looksChinese(text: string): boolean {
  const wide = [...text].filter((character) => character > '\x7f');
  const usual = wide.filter((character) =>
    /[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef·—‘’“”…℃°×÷±]/.test(character),
  );
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  return usual.length >= wide.length * 0.9 && !/[\x00-\x08\x0e-\x1f]/.test(text);
}
