/** Sentences of a text: where each begins and ends, as string offsets. */
export interface Sentence {
  start: number;
  end: number;
}

/** Longest piece handed to a voice; some engines stop silently in the middle of longer ones. */
const MAX_CHARACTERS = 120;

/** Ends of a sentence, with closing quotes and brackets that belong to it. */
const SENTENCE = /[^。！？!?；;\n]*(?:[。！？!?；;]+[”’』」）)】》]*|\n|$)/g;

/** Cuts a text into sentences; a very long one is cut again at commas. Together they cover every visible character. */
export function sentencesOf(text: string): Sentence[] {
  const sentences: Sentence[] = [];
  let next = 0;
  for (const match of text.match(SENTENCE) ?? []) {
    let start = next;
    const end = start + match.length;
    next = end;
    while (end - start > MAX_CHARACTERS) {
      const comma = Math.max(
        ...[...'，、,：'].map((mark) => text.lastIndexOf(mark, start + MAX_CHARACTERS - 1)),
      );
      const cut = comma > start ? comma + 1 : start + MAX_CHARACTERS;
      sentences.push({ start, end: cut });
      start = cut;
    }
    sentences.push({ start, end });
  }
  return sentences.filter(({ start, end }) => /[\p{L}\p{N}]/u.test(text.slice(start, end)));
}
