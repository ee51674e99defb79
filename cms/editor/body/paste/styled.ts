import { styleOf, textsIn } from './dom.ts';

/** Raised, lowered and struck-out text that a program writes as styles, as the elements `<sup>`, `<sub>` and `<del>`. */

const BLOCKS = 'td,th,tr,table,img,p,div,li,ul,ol,h1,h2,h3,h4,h5,h6,blockquote,pre';

/** Replaces the styles by elements. */
export function writeStyles(body: HTMLElement): void {
  for (const element of body.querySelectorAll<HTMLElement>('[style]')) {
    const position = positionOf(element);
    if (position) rename(element, position);
  }
  strikeOut(body);
}

/** Word raises the figures of 10⁵ by points when they were not made with its superscript button. */
const RAISED = /mso-text-raise:\s*(-?)(\d+(?:\.\d+)?)(?:pt|%)/i;
const LEAST_RAISE = 2;
/** A longer passage is moved for its looks. */
const LONGEST_RAISED = 12;

function positionOf(element: HTMLElement): 'sup' | 'sub' | undefined {
  if (element.matches(`${BLOCKS},sup,sub`) || element.querySelector(BLOCKS)) return undefined;
  const style = styleOf(element);
  const align = /(?:^|;)\s*(?:vertical-align|font-variant-position):\s*(super|sub)\b/i.exec(style)?.[1];
  if (align) return align.toLowerCase() === 'super' ? 'sup' : 'sub';
  const [, sign, points] = RAISED.exec(style) ?? [];
  const { length } = (element.textContent ?? '').trim();
  if (points === undefined || Number(points) < LEAST_RAISE || length === 0 || length > LONGEST_RAISED)
    return undefined;
  return sign === '-' ? 'sub' : 'sup';
}

function rename(element: HTMLElement, name: 'sup' | 'sub'): void {
  const made = element.ownerDocument.createElement(name);
  // The rest of the style, such as a line through, still counts.
  made.setAttribute('style', styleOf(element).replace(/(?:vertical-align|mso-text-raise)[^;]*;?/gi, ''));
  made.append(...element.childNodes);
  if (element.closest('sup,sub')) element.replaceWith(...made.childNodes);
  else element.replaceWith(made);
}

const isStruck = (element: Element) =>
  ['S', 'STRIKE', 'DEL'].includes(element.tagName) ||
  /(?:^|;)\s*text-decoration(?:-line)?:[^;]*line-through/i.test(styleOf(element));

/** Every text in a struck-out element becomes a `<del>` of its own, so that nothing is nested in it. */
function strikeOut(body: HTMLElement): void {
  const texts = new Set<Text>();
  for (const element of body.querySelectorAll('*')) {
    if (!isStruck(element)) continue;
    for (const text of textsIn(element)) texts.add(text);
  }
  for (const element of body.querySelectorAll('s,strike,del')) element.replaceWith(...element.childNodes);
  for (const text of texts) {
    if (text.data.trim() === '' || text.parentElement?.closest('pre')) continue;
    const struck = text.ownerDocument.createElement('del');
    text.replaceWith(struck);
    struck.append(text);
  }
}
