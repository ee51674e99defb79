import blockCss from '../../../../src/blocks/style.css?inline';
import siteCss from '../../../../src/style/index.css?inline';
import proseCss from '../../../../src/style/prose.css?inline';
import { tokensCss } from '../../../../src/style/tokens.ts';

/** The site's own type and colours in the column one writes in, and nowhere else in the editor. */

const PAGE = '.portal-page-column';

/** Adds the site's style sheets once, every rule kept to the column. */
export function addPageStyles(themeColor: string): void {
  const id = 'portal-page-style';
  if (document.getElementById(id)) return;
  const style = document.createElement('style');
  style.id = id;
  style.textContent = [tokensCss(themeColor), siteCss, proseCss, blockCss].map(scoped).join('\n');
  document.head.append(style);
}

function scoped(css: string): string {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return rulesOf(sheet.cssRules);
}

/** The rules, each for what stands in the column; without layers, which would lose against the editor's own rules. */
function rulesOf(rules: CSSRuleList): string {
  return [...rules]
    .map((rule) => {
      if (rule instanceof CSSStyleRule) return styleRule(rule);
      if (rule instanceof CSSMediaRule)
        return /print|prefers-color|prefers-contrast/.test(rule.conditionText)
          ? ''
          : `@media ${rule.conditionText}{${rulesOf(rule.cssRules)}}`;
      if (rule instanceof CSSSupportsRule)
        return `@supports ${rule.conditionText}{${rulesOf(rule.cssRules)}}`;
      if (rule instanceof CSSFontFaceRule || rule instanceof CSSKeyframesRule) return rule.cssText;
      return 'cssRules' in rule ? rulesOf(rule.cssRules as CSSRuleList) : '';
    })
    .join('\n');
}

function styleRule({ selectorText, style, cssRules }: CSSStyleRule): string {
  const selectors = splitSelectors(selectorText).flatMap((selector) => {
    // Whole-page rules are for the column itself; those for the page's other modes are for no one here.
    if (/^(?::root|html)$/.test(selector) || selector === 'body') return [PAGE];
    if (/^(?::root|html|\[data-)/.test(selector)) return [];
    return [`${PAGE} ${selector.replace(/^body\s+/, '')}`];
  });
  if (selectors.length === 0) return '';
  const isWhole = selectors.every((selector) => selector === PAGE);
  const text = isWhole
    ? style.cssText.replace(/(?:display|min-block-size|flex-direction|font-size):[^;]*;/g, '')
    : style.cssText;
  const nested = cssRules && cssRules.length > 0 ? [...cssRules].map(({ cssText }) => cssText).join('') : '';
  return `${selectors.join(',')}{${text}${nested}}`;
}

/** The selectors of a list; commas in brackets do not part them. */
function splitSelectors(list: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < list.length; at++) {
    if ('(['.includes(list[at] as string)) depth++;
    if (')]'.includes(list[at] as string)) depth--;
    if (list[at] === ',' && depth === 0) {
      found.push(list.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...found, list.slice(from).trim()];
}
