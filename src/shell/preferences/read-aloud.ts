import { sentencesOf } from './sentences.ts';

/** Parts of the page that are not read. */
const SILENT =
  'nav, .no-print, script, style, svg, math, form, button, [hidden], [aria-hidden=true], .visually-hidden';
const HIGHLIGHT = 'read-aloud';

interface Piece {
  text: string;
  range: Range;
}

/** What is read of an element, sentence by sentence, with the place of each on the page. */
function piecesOf(element: Element): Piece[] {
  const walker = document.createTreeWalker(
    element,
    NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT,
    (node) => {
      if (node instanceof Element)
        return node.matches(SILENT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
      return NodeFilter.FILTER_ACCEPT;
    },
  );
  const pieces: Piece[] = [];
  let block: Element | null = null;
  let nodes: { node: Text; from: number }[] = [];
  let text = '';
  const finish = () => {
    for (const { start, end } of sentencesOf(text)) {
      const range = document.createRange();
      const at = (offset: number) => nodes.filter(({ from }) => from <= offset).pop() ?? nodes[0];
      const first = at(start);
      const last = at(end - 1);
      if (!first || !last) continue;
      range.setStart(first.node, start - first.from);
      range.setEnd(last.node, end - last.from);
      pieces.push({ text: text.slice(start, end), range });
    }
    nodes = [];
    text = '';
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around =
      node.parentElement?.closest('p, li, h1, h2, h3, h4, td, th, dt, dd, figcaption, summary, div') ?? null;
    if (around !== block) finish();
    block = around;
    nodes.push({ node: node as Text, from: text.length });
    text += (node as Text).data;
  }
  finish();
  return pieces;
}

/**
 * `<read-aloud>`: reads the main content with the device's own voice and marks the sentence being read. Any
 * `<button data-read-aloud hidden>` of the page begins it, and is shown only where there is a voice.
 */
class ReadAloud extends HTMLElement {
  // Declared only: fields with values cost every page a helper for old browsers, in a file of its own.
  declare private pieces: Piece[];
  declare private at: number;
  declare private opener: HTMLElement | undefined;

  connectedCallback() {
    this.pieces = [];
    if (!('speechSynthesis' in window)) return;
    for (const button of document.querySelectorAll<HTMLButtonElement>('[data-read-aloud]')) {
      button.hidden = false;
      button.addEventListener('click', () => this.start(button));
    }
    this.button('.stop').addEventListener('click', () => this.stop());
    this.button('.pause').addEventListener('click', () => this.pause());
    window.addEventListener('pagehide', () => speechSynthesis.cancel());
  }

  private button(selector: string): HTMLButtonElement {
    return this.querySelector(selector) as HTMLButtonElement;
  }

  private say(message: string) {
    (this.querySelector('[role=status]') as HTMLElement).textContent = message;
  }

  private start(button: HTMLElement) {
    const main = document.querySelector('main');
    if (!main) return;
    speechSynthesis.cancel();
    this.pieces = piecesOf(main);
    this.at = 0;
    const panel = button.closest('details');
    panel?.removeAttribute('open');
    this.opener = panel?.querySelector('summary') ?? button;
    this.hidden = false;
    this.button('.pause').textContent = '暂停朗读';
    this.button('.pause').focus();
    this.say('');
    this.speak();
  }

  private speak() {
    const piece = this.pieces[this.at];
    if (!piece) return this.stop();
    const utterance = new SpeechSynthesisUtterance(piece.text);
    utterance.lang = 'zh-CN';
    utterance.rate = document.documentElement.dataset.mode === 'elder' ? 0.85 : 1;
    utterance.onend = () => {
      if (this.pieces[this.at] !== piece) return;
      this.at++;
      this.speak();
    };
    utterance.onerror = ({ error }) => {
      if (error !== 'canceled' && error !== 'interrupted') this.say('这台设备没有中文语音，不能朗读。');
    };
    this.mark(piece.range);
    speechSynthesis.speak(utterance);
  }

  /** Pausing a voice is unreliable on Android, so the sentence is cut off and begun again. */
  private pause() {
    const button = this.button('.pause');
    const reading = button.textContent === '暂停朗读';
    button.textContent = reading ? '继续朗读' : '暂停朗读';
    if (!reading) return this.speak();
    // New objects, so that the end of the sentence cut off does not go on to the next (see `onend`).
    this.pieces = this.pieces.slice(this.at).map((piece) => ({ ...piece }));
    this.at = 0;
    speechSynthesis.cancel();
  }

  private stop() {
    this.pieces = [];
    speechSynthesis.cancel();
    this.hidden = true;
    this.opener?.focus();
    if (CSS.highlights) CSS.highlights.delete(HIGHLIGHT);
  }

  private mark(range: Range) {
    if (CSS.highlights) CSS.highlights.set(HIGHLIGHT, new Highlight(range));
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight - 120) scrollBy({ top: top - innerHeight / 3 });
  }
}

customElements.define('read-aloud', ReadAloud);
