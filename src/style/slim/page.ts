import { ADDITIONS } from './scripted.ts';
import { type Marked, SCOPE } from './selectors.ts';
import { usedOf } from './sheet.ts';

/**
 * A page without the styles that it does not use. Astro inlines the styles of every component that a template may
 * show; a page shows some of them, in some of their forms. Rules that no element of the page can ever match go,
 * and the marks of components (`data-astro-cid-lcnlvcd5`) that are left are shortened. The same page always gives the same.
 */

const STYLE = /(<style[^>]*>)([\s\S]*?)<\/style>\s*/g;
const ELEMENT = /<([a-z][^\s/>]*)/gi;
const CLASS = /\sclass=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const OWN_CLASS = new RegExp(CLASS.source, 'i');
const ID = /\sid=(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/gi;
const ANY_MARK = new RegExp(`\\s(${SCOPE}[a-z0-9]+)`, 'g');
const ANY_NAME = new RegExp(`${SCOPE}[a-z0-9]+`, 'g');
const MARK = new RegExp(`\\s(${SCOPE}[a-z0-9]+)(?:="[^"]*")?`, 'g');
const MARKED_TAG = new RegExp(
  `<([a-z][^\\s/>]*)(?:"[^"]*"|'[^']*'|[^"'<>])*?\\s${SCOPE}(?:"[^"]*"|'[^']*'|[^"'<>])*>`,
  'gi',
);

/** Rules' parts with a component's mark, by the mark. */
type Reached = ReadonlyMap<string, readonly Marked[]>;

/** Leaves out of an HTML page the rules that it does not use; anything without styles stays as it is. */
export function slimPage(html: string): string {
  const styles = [...html.matchAll(STYLE)];
  if (styles.length === 0) return html;
  const names = namesOf(html);
  const reached = new Map<string, Marked[]>();
  const used = styles.map(([, , css = '']) => usedOf(css, names, reached));
  const short = shortMarks([...reached.keys()]);
  let at = 0;
  const parts: string[] = [];
  for (const [order, { index, 0: text, 1: tag = '' }] of styles.entries()) {
    const css = used[order];
    parts.push(withShortMarks(html.slice(at, index), reached, short));
    if (css)
      parts.push(
        tag,
        css.replace(ANY_NAME, (mark) => short.get(mark) ?? mark),
        '</style>',
      );
    at = index + text.length;
  }
  parts.push(withShortMarks(html.slice(at), reached, short));
  return parts.join('').replaceAll('</style><style>', '');
}

/** The names of all that can be matched on a page, see `Demand`; undefined when that can be anything. */
function namesOf(html: string): Set<string> | undefined {
  const names = new Set<string>();
  for (const [, element = ''] of html.matchAll(ELEMENT)) names.add(element.toLowerCase());
  for (const [, name] of html.matchAll(ANY_MARK)) names.add(`[${name}`);
  const classes = new Set<string>();
  for (const [, double, single, bare] of html.matchAll(CLASS)) classes.add(double ?? single ?? bare ?? '');
  for (const list of classes) for (const name of list.split(/\s+/)) names.add(`.${name}`);
  for (const [, double, single, bare] of html.matchAll(ID)) names.add(`#${double ?? single ?? bare}`);
  const additions = ADDITIONS.filter(({ where }) => names.has(where)).map(({ adds }) => adds);
  if (additions.includes('everything')) return undefined;
  for (const name of additions.flat()) names.add(name);
  return names;
}

/** Their first characters, as many as tell them apart on this page; the same on other pages, but for rare collisions. */
function shortMarks(marks: readonly string[]): Map<string, string> {
  const short = (mark: string, length: number) => `data-c-${mark.slice(SCOPE.length, SCOPE.length + length)}`;
  const LENGTH = 3;
  const counts = Map.groupBy(marks, (mark) => short(mark, LENGTH));
  const isAlone = (mark: string) => counts.get(short(mark, LENGTH))?.length === 1;
  return new Map(marks.map((mark) => [mark, isAlone(mark) ? short(mark, LENGTH) : short(mark, Infinity)]));
}

/** HTML whose tags have those marks only by which a rule that is left can reach them. */
function withShortMarks(html: string, reached: Reached, short: ReadonlyMap<string, string>): string {
  const known = new Map<string, string>();
  return html.replace(MARKED_TAG, (tag: string, element: string) => {
    let made = known.get(tag);
    if (made !== undefined) return made;
    const [, double, single, bare] = tag.match(OWN_CLASS) ?? [];
    const classes = (double ?? single ?? bare ?? '').split(/\s+/);
    made = tag.replace(MARK, (_, mark: string) => {
      const isReached = reached.get(mark)?.some((one) => isOf(one, element.toLowerCase(), classes));
      return isReached ? ` ${short.get(mark)}` : '';
    });
    known.set(tag, made);
    return made;
  });
}

const isOf = (one: Marked, element: string, classes: readonly string[]): boolean =>
  (one.element === undefined || one.element === element) &&
  one.classes.every((name) => classes.includes(name));
