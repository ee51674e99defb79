import { styleOf } from './dom.ts';
import type { Notes } from './notes.ts';

/** Elements whose content is not in their text: players, form fields, pronunciation, quotation marks, blanks to fill in. */

/** Writes them as text and says what a body cannot hold. */
export function writeElements(body: HTMLElement, notes: Notes): void {
  writePlayers(body, notes);
  writeFormFields(body);
  writePronunciation(body);
  writeQuotes(body);
  writeBlanks(body);
  tellLostLayout(body, notes);
}

const PLAYERS = 'iframe,video,audio,embed,object,mpvideo,mpvoice,mp-common-mpaudio,qqmusic';

/** A player becomes a link to what it plays, or a sentence. */
function writePlayers(body: HTMLElement, notes: Notes): void {
  const said: string[] = [];
  for (const player of body.querySelectorAll<HTMLElement>(PLAYERS)) {
    if (!player.isConnected) continue;
    const name = player.matches('audio,mpvoice,mp-common-mpaudio,qqmusic') ? '录音' : '视频';
    const title = player.getAttribute('title') ?? player.getAttribute('name') ?? '';
    const address = addressOf(player);
    said.push(title.trim() || address || name);
    const made = body.ownerDocument.createElement('p');
    if (address) {
      const link = body.ownerDocument.createElement('a');
      link.href = address;
      link.textContent = `${name}：${title.trim() || new URL(address).hostname}`;
      made.append(link);
    } else
      made.append(
        `（这里原有一段${name}${title.trim() && `「${title.trim()}」`}，请用「内容块」里的「视频」放进来）`,
      );
    player.replaceWith(made);
  }
  if (said.length > 0)
    notes.add('视频和录音不能粘贴，留下了网址或一句话，请用「内容块」里的「视频」放进来', said);
}

function addressOf(player: HTMLElement): string | undefined {
  const own = [player, ...player.querySelectorAll('source,embed')];
  for (const element of own)
    for (const name of ['src', 'data-src', 'data'])
      for (const value of [element.getAttribute(name)?.replace(/^\/\//, 'https://') ?? ''])
        if (/^https?:\/\/[^\s"<>]+$/i.test(value) && URL.canParse(value)) return value;
  return undefined;
}

function writeFormFields(body: HTMLElement): void {
  for (const input of body.querySelectorAll<HTMLInputElement>('input')) {
    const { type } = input;
    if (type === 'checkbox' || type === 'radio') input.replaceWith(input.hasAttribute('checked') ? '☑' : '☐');
    else
      input.replaceWith(
        ['hidden', 'password', 'file'].includes(type) ? '' : (input.getAttribute('value') ?? ''),
      );
  }
  for (const select of body.querySelectorAll('select'))
    select.replaceWith(
      (select.querySelector('option[selected]') ?? select.querySelector('option'))?.textContent ?? '',
    );
}

/** 汉 with hàn above it is 汉（hàn）. */
function writePronunciation(body: HTMLElement): void {
  for (const ruby of body.querySelectorAll('ruby')) {
    for (const bracket of ruby.querySelectorAll('rp')) bracket.remove();
    for (const above of ruby.querySelectorAll('rt')) {
      const text = (above.textContent ?? '').trim();
      above.replaceWith(text === '' ? '' : `（${text}）`);
    }
    ruby.replaceWith(...ruby.childNodes);
  }
}

function writeQuotes(body: HTMLElement): void {
  for (const quote of body.querySelectorAll('q')) quote.replaceWith('“', ...quote.childNodes, '”');
}

/** Underlined spaces are a line to write on. */
function writeBlanks(body: HTMLElement): void {
  for (const underlined of body.querySelectorAll<HTMLElement>('u,[style*=underline]')) {
    const text = underlined.textContent ?? '';
    if (text.trim() !== '' || underlined.querySelector('img,br,table') || !underlined.isConnected) continue;
    const width = [...text].filter((space) => space !== '\n' && space !== '\r').length;
    if (width >= LEAST_BLANK)
      underlined.replaceWith('＿'.repeat(Math.min(Math.ceil(width / 2), LONGEST_BLANK)));
  }
}

const LEAST_BLANK = 3;
const LONGEST_BLANK = 20;

/** Says what Markdown has no form for. */
function tellLostLayout(body: HTMLElement, notes: Notes): void {
  const merged = [...body.querySelectorAll<HTMLTableCellElement>('td,th')].filter(
    ({ colSpan, rowSpan }) => colSpan > 1 || rowSpan > 1,
  );
  if (merged.length > 0)
    notes.add(
      '合并的单元格拆开了，文字在第一格里，请看一看表格',
      merged.map(({ textContent }) => textContent ?? ''),
    );
  if (body.querySelector('td table')) notes.add('表格里的表格不能放在正文里，改成了一段一段的文字');
  if (
    body.querySelector(
      'ol[type]:not([type="1"]),ol[style*=alpha],ol[style*=roman],ol[style*=cjk],ol[reversed]',
    )
  )
    notes.add('编号的样式（如 a.、甲、倒着数）改成了 1. 2. 3.');
  const red = [...body.querySelectorAll<HTMLElement>('[style*=color],font[color]')].filter(isRed);
  if (red.length > 0)
    notes.add(
      '字的颜色没有带过来，要紧的话请加粗',
      red.map(({ textContent }) => textContent ?? ''),
    );
}

/** Red is how a writer marks what matters; any other colour is a page's own. */
function isRed(element: HTMLElement): boolean {
  if (element.querySelector('p,div,table') || (element.textContent ?? '').trim() === '') return false;
  const color = element.getAttribute('color') ?? /(?:^|;)\s*color:\s*([^;]+)/i.exec(styleOf(element))?.[1];
  const value = (color ?? '').trim().toLowerCase();
  if (value === 'red') return true;
  const hex = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/.exec(value);
  const rgb = /^rgb\(\s*(\d+)[,\s]+(\d+)[,\s]+(\d+)\s*\)$/.exec(value);
  const [red = 0, green = 255, blue = 255] = hex
    ? hex.slice(1).map((part) => Number.parseInt(part, 16))
    : (rgb?.slice(1).map(Number) ?? []);
  return red >= 180 && green <= 60 && blue <= 60;
}
