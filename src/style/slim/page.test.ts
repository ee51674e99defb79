import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { expect, test } from 'vitest';
import { FEW_RUNS } from '../../../tests/support/random.ts';
import { slimPage } from './page.ts';

const page = (css: string, body: string) =>
  `<!DOCTYPE html><html><head><style>${css}</style></head><body>${body}</body></html>`;
const cssOf = (html: string) => /<style>([\s\S]*)<\/style>/.exec(html)?.[1] ?? '';

test('页面上没有的元素、类和组件的规则去掉，有的照原来的次序留下', () => {
  const html = page(
    'p{color:red}.a,.b{top:0}table{left:0}#x .a{right:0}.a:not(.c){bottom:0}',
    '<p class="a">',
  );
  expect(cssOf(slimPage(html))).toBe('p{color:red}.a{top:0}.a:not(.c){bottom:0}');
});

test('会变的都留着：状态、属性、颜色模式、打印、大字、伪元素', () => {
  const css = [
    'p:hover{top:0}p[data-open=true]{top:0}[hidden]{top:0}p::before{content:"x"}::highlight(read-aloud){top:0}',
    '[data-mode=elder] p{top:0}@media print{p{top:0}}@media (prefers-color-scheme:dark){p{top:0}}',
    '@page{size:A4}@keyframes turn{to{rotate:1turn}}@font-face{font-family:x;src:url(x)}',
  ].join('');
  expect(cssOf(slimPage(page(css, '<p>')))).toBe(css);
});

test('条件里一条规则也不剩时，条件也去掉', () => {
  expect(cssOf(slimPage(page('p{top:0}@media print{table{top:0}}', '<p>')))).toBe('p{top:0}');
});

test('is、where、has 里要有一个对得上', () => {
  const css = ':is(h1,p){top:0}:is(h1,h2){top:0}p:has(> b){top:0}p:where(.a,.b){top:0}';
  expect(cssOf(slimPage(page(css, '<p class="b">')))).toBe(':is(h1,p){top:0}p:where(.a,.b){top:0}');
});

test('脚本放进来的留着：有图集的页面留下大图窗口的样式', () => {
  const css = '.block-gallery dialog{top:0}.block-gallery .bar{top:0}';
  const gallery = '<photo-gallery class="block-gallery"></photo-gallery>';
  expect(cssOf(slimPage(page(css, gallery)))).toBe(css);
  expect(cssOf(slimPage(page(css, '<p class="block-gallery">')))).toBe('');
});

test('从别处取来内容的页面，样式一条不少', () => {
  const css = 'p{top:0}.far{top:0}';
  expect(cssOf(slimPage(page(css, '<stop-filter></stop-filter>')))).toBe(css);
});

test('组件的记号写短，没有规则用得着的不写', () => {
  const html = page(
    '.a[data-astro-cid-abcdefgh]{top:0}.far[data-astro-cid-12345678]{top:0}',
    '<div data-x="1>0" data-astro-cid-abcdefgh><p class="a" data-astro-cid-abcdefgh="true"></p></div><i data-astro-cid-12345678></i>',
  );
  expect(slimPage(html)).toBe(
    page('.a[data-c-abc]{top:0}', '<div data-x="1>0"><p class="a" data-c-abc></p></div><i></i>'),
  );
});

test('两个组件的记号开头一样时，都写全，不会混', () => {
  const css = 'p[data-astro-cid-abc1]{top:0}p[data-astro-cid-abc2]{left:0}';
  const slim = slimPage(page(css, '<p data-astro-cid-abc1></p><p data-astro-cid-abc2></p>'));
  expect(slim).toContain('p[data-c-abc1]{top:0}p[data-c-abc2]{left:0}');
  expect(slim).toContain('<p data-c-abc1></p><p data-c-abc2></p>');
});

test('没有样式的页面和不是网页的，一个字不动', () => {
  for (const text of ['', '<p data-astro-cid-abcdefgh>', '{"a": "<style"}'])
    expect(slimPage(text)).toBe(text);
});

test('任何页面、任何选择器：每个元素对上的规则，去掉以前和以后一样', () => {
  const element = fc.constantFrom('p', 'b', 'i', 'li');
  const name = fc.constantFrom('a', 'b', 'c');
  const mark = fc.constantFrom('m1aaaaaa', 'm2bbbbbb', 'm1acccccc');
  const attributes = fc
    .record({ class: fc.option(fc.array(name, { maxLength: 2 })), mark: fc.option(mark) })
    .map(
      (one) =>
        `${one.class ? ` class="${one.class.join(' ')}"` : ''}${one.mark ? ` data-astro-cid-${one.mark}` : ''}`,
    );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc
      .tuple(
        element,
        attributes,
        fc.oneof(
          { depthSize: 'small' },
          fc.constant(''),
          tie('tree'),
          fc.array(tie('tree'), { maxLength: 2 }).map((all) => all.join('')),
        ),
      )
      .map(([tag, own, inner]) => `<${tag}${own}>${inner}</${tag}>`),
  }));
  const compound = fc
    .tuple(
      fc.oneof(element, fc.constant('')),
      fc.array(
        fc.oneof(
          name.map((one) => `.${one}`),
          mark.map((one) => `[data-astro-cid-${one}]`),
          fc
            .tuple(
              fc.constantFrom('is', 'not'),
              fc.oneof(
                element,
                name.map((one) => `.${one}`),
                mark.map((one) => `[data-astro-cid-${one}]`),
              ),
            )
            .map(([pseudo, one]) => `:${pseudo}(${one})`),
        ),
        { maxLength: 3 },
      ),
    )
    .map(([tag, rest]) => tag + rest.join('') || '*');
  const selector = fc
    .array(fc.tuple(fc.constantFrom(' ', '>', '+', '~'), compound), { minLength: 1, maxLength: 3 })
    .map((all) => all.map(([way, one], index) => (index === 0 ? one : way + one)).join(''));
  fc.assert(
    fc.property(
      fc.array(tree, { minLength: 1, maxLength: 3 }),
      fc.array(selector, { maxLength: 6 }),
      (trees, selectors) => {
        const rules = selectors.map((one, index) => `${one}{order:${index}}`).join('');
        const html = page(rules, trees.join(''));
        expect(matchesOf(slimPage(html))).toEqual(matchesOf(html));
      },
    ),
    { numRuns: FEW_RUNS },
  );
});

/** Of each element, the numbers of the rules that match it. */
function matchesOf(html: string): string[][] {
  const { document } = parseHTML(html);
  const rules = [...cssOf(html).matchAll(/([^{}]+)\{order:(\d+)\}/g)];
  return [...document.querySelectorAll('body *')].map((element) =>
    rules.filter(([, selector = '']) => element.matches(selector)).map(([, , order = '']) => order),
  );
}
