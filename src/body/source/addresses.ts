/**
 * Bare addresses in running text. GitHub's rule lets one run on to the next space, which Chinese does not have:
 * `https://a.cn/bm，名额有限。` became one dead link. Here an address ends at its first character that is not ASCII or
 * that closes something opened before it.
 */

export interface BareAddress {
  start: number;
  end: number;
  /** The address as typed, without escapes. */
  address: string;
}

export interface BareAddresses {
  found: BareAddress[];
  /** Offsets after the colon of `https://，` and its like, which the parser would make a dead link. */
  hostless: number[];
}

/** No address that people type is longer; bounds the work for each beginning. */
const MAX_ADDRESS = 2000;

const BEGINNING = /(?<![A-Za-z@])(?<![A-Za-z0-9][.\-_])(?:https?\\?:\\?\/\\?\/|www\\?\.)/gi;

/** What has to follow `https://` and `www.`. */
const HOST = /[A-Za-z0-9]/y;
const HOST_AFTER_WWW = /[\w-]{1,63}\.[A-Za-z0-9]/y;

const CLOSES: Record<string, string> = { ')': '(', '}': '{' };

const REFERENCE = /&(#?\w{1,31});/y;

const ARRAY_KEY = /\[\w*\]/y;

/** Every bare address of a text, in order. Takes time linear in its length. */
export function bareAddresses(text: string): BareAddresses {
  const found: BareAddress[] = [];
  const hostless: number[] = [];
  let reached = 0;
  for (const { 0: beginning, index } of text.matchAll(BEGINNING)) {
    if (index < reached) continue;
    const isWhole = /^http/i.test(beginning);
    const host = isWhole ? HOST : HOST_AFTER_WWW;
    host.lastIndex = index + beginning.length;
    if (host.test(text)) {
      const address = readAddress(text, index, beginning.length);
      found.push(address);
      reached = address.end;
    } else if (isWhole) hostless.push(text.indexOf(':', index) + 1);
  }
  return { found, hostless };
}

/** The address that begins at `start`, as far as it reaches. */
function readAddress(text: string, start: number, beginningLength: number): BareAddress {
  const pieces: { text: string; end: number }[] = [];
  const open: { mark: string; index: number }[] = [];
  const quoted = text[start - 1] === "'";
  const limit = Math.min(text.length, start + MAX_ADDRESS);
  for (let at = start; at < limit;) {
    let character = text[at] as string;
    let length = 1;
    if (character === '\\') {
      character = text[at + 1] ?? '';
      length = 2;
      if (!/[!-/:-@[-`{-~]/.test(character)) break;
    }
    if (!/[!-~]/.test(character) || /[<>"`|\\^]/.test(character)) break;
    if (length === 1 && at >= start + beginningLength) {
      if ((character === '*' || character === '~') && text[at + 1] === character) break;
      if (character === "'" && quoted) break;
      if (character === '&') {
        REFERENCE.lastIndex = at;
        const [whole, name] = REFERENCE.exec(text) ?? [];
        if (whole && name !== 'amp') break;
        if (whole) length = whole.length;
      }
      if (character === '[') {
        ARRAY_KEY.lastIndex = at;
        const key = ARRAY_KEY.exec(text)?.[0];
        if (!key) break;
        pieces.push({ text: key, end: at + key.length });
        at += key.length;
        continue;
      }
      if (character === ']') break;
      if (character === '(' || character === '{') open.push({ mark: character, index: pieces.length });
      else if (character in CLOSES && open.pop()?.mark !== CLOSES[character]) break;
    }
    pieces.push({ text: character, end: at + length });
    at += length;
  }
  if (open[0]) pieces.length = open[0].index;
  while (pieces.length > 0 && /^[.,;:!?*_~'({]$/.test((pieces.at(-1) as { text: string }).text)) pieces.pop();
  return {
    start,
    end: pieces.at(-1)?.end ?? start,
    address: pieces.map((piece) => piece.text).join(''),
  };
}

/** `[address](address)` with everything escaped that Markdown would read. */
export function writeLink(address: string): string {
  const isMail = address.includes('@') && !/^(mailto:|https?:|www\.)/i.test(address);
  const target = /^www\./i.test(address) ? `http://${address}` : isMail ? `mailto:${address}` : address;
  return `[${address.replace(/[\\`*_[\]{}<>|~$!&]/g, '\\$&')}](${writeDestination(target)})`;
}

/** An address as it may stand in `(…)` after a link's words. */
export function writeDestination(address: string): string {
  const isPaired = hasPairedBrackets(address);
  return address
    .replace(/&(?=#?\w+;)/g, '&amp;')
    .replace(/[\\<>{}|`"$\s]/g, encodeURIComponent)
    .replace(/[()]/g, (mark) => (isPaired ? mark : percentOf(mark)));
}

const percentOf = (mark: string) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;

/** Whether every `(` has its `)` and none stands in another. */
const hasPairedBrackets = (address: string) => /^(?:[^()]|\([^()]*\))*$/.test(address);
