/** What a paste left out or changed, for the list that the editor sees after it. */

/** How much of a passage the list quotes, in characters. */
const QUOTED = 24;

export class Notes {
  readonly messages: string[] = [];

  /** Adds a sentence; passages, if given, are quoted behind it. */
  add(sentence: string, passages: readonly string[] = []): void {
    const quoted = passages.map(quote).filter((passage) => passage !== '');
    this.messages.push(quoted.length > 0 ? `${sentence}：${list(quoted)}` : sentence);
  }
}

/** How many passages of one kind are quoted. */
const MOST_QUOTED = 8;

const list = (quoted: readonly string[]) =>
  quoted.length > MOST_QUOTED
    ? `${quoted.slice(0, MOST_QUOTED).join('')}等 ${quoted.length} 处`
    : quoted.join('');

function quote(passage: string): string {
  const text = passage.replace(/\s+/g, ' ').trim();
  const characters = [...text];
  if (characters.length === 0) return '';
  return `「${characters.length > QUOTED ? `${characters.slice(0, QUOTED).join('')}…` : text}」`;
}
