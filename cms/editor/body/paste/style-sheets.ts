/**
 * Meaning that a program writes in the style sheet of what it copies, as Excel does for struck-out and hidden cells: the
 * declarations that matter are written into the elements.
 */

/** Properties that change what a reader understands. */
const MEANINGFUL = [
  'display',
  'visibility',
  'text-decoration',
  'text-decoration-line',
  'vertical-align',
  'font-family',
];

/** A style sheet of Excel has a rule for each format of a cell. */
const MOST_RULES = 3000;

/** Puts declarations of `<style>` into the `style` attributes of the elements that they match; what is there stays. */
export function applyStyleSheets(pasted: Document): void {
  let rules = 0;
  for (const { textContent } of pasted.querySelectorAll('style'))
    for (const rule of rulesOf(textContent ?? '')) {
      if (++rules > MOST_RULES) return;
      apply(rule, pasted.body);
    }
}

function rulesOf(text: string): CSSStyleRule[] {
  const sheet = new CSSStyleSheet();
  // Programs of Microsoft put their styles into an HTML comment.
  sheet.replaceSync(text.replace(/<!--|-->/g, ''));
  return [...sheet.cssRules].filter((rule) => rule instanceof CSSStyleRule);
}

function apply({ selectorText, style }: CSSStyleRule, body: HTMLElement): void {
  const declared = MEANINGFUL.filter((property) => style.getPropertyValue(property) !== '');
  if (declared.length === 0) return;
  for (const element of body.querySelectorAll<HTMLElement>(selectorText))
    for (const property of declared)
      if (element.style.getPropertyValue(property) === '')
        // The attribute keeps `mso-…` properties, which the style object would lose when it is written.
        element.setAttribute(
          'style',
          `${property}:${style.getPropertyValue(property)};${element.getAttribute('style') ?? ''}`,
        );
}
