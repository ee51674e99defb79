import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { looksLikeFormula } from './dollars.ts';
import { normalizeBody, renderBody } from '../index.ts';

const html = (source: string) => renderBody(source).html;
const paragraph = (words: string) => `<p>${words}</p>`;

const blank = fc.constantFrom('', ' ', '　');
const digits = fc.constantFrom('3', '20', '1.5', '３', '０', '٣', '½');
const unit = fc.constantFrom('', '天', '℃', 'cm', '厘米', ' 元', '%');
const between = fc.constantFrom('，', '；', '、', ' 和 ', 'and', '时通风，', '。', '');

describe('一个「~」是到，两个才是删去', () => {
  test.each([
    '苗期3~5天浇一次水，棚温20~30℃时通风。',
    '1月~3月、5月~7月',
    '~3天到~5天',
    '周一~周五 9:00~11:30',
    'A~B，C~D',
  ])('原样显示：%s', (source) => expect(html(source)).toBe(paragraph(source)));

  test('表格、标题、链接、图片说明里也一样', () => {
    expect(html('## 3~5天和5~8天')).toContain('>3~5天和5~8天</h2>');
    expect(html('| 3~5 | 4~6 |\n|--|--|\n| 1~2 3~4 | 甲 |')).toContain('<td>1~2 3~4</td>');
    expect(html('[1~2月和3~4月](/a/)')).toContain('>1~2月和3~4月</a>');
    expect(html('[1~2月和3~4月]\n\n[1~2月和3~4月]: /a/')).toContain('href="/a/"');
    expect(html('![1~2月和3~4月](/uploads/a.png)')).toContain('alt="1~2月和3~4月"');
    expect(html('`1~2 3~4`')).toContain('<code>1~2 3~4</code>');
  });

  test('两个照样删去', () => {
    expect(html('~~旧价3~5元~~新价')).toBe(paragraph('<del>旧价3~5元</del>新价'));
  });

  test('任何数字、单位和空格之间都不删去，字一个不少', () => {
    const range = fc.tuple(digits, unit, blank, blank, digits, unit, between);
    fc.assert(
      fc.property(fc.array(range, { minLength: 1, maxLength: 6 }), (ranges) => {
        const source = `共${ranges.map(([a, u, l, r, b, v, end]) => `${a}${u}${l}~${r}${b}${v}${end}`).join('')}完`;
        expect(html(source)).toBe(paragraph(source));
        expect(normalizeBody(normalizeBody(source))).toBe(normalizeBody(source));
      }),
    );
  });
});

describe('「*」在数字之间、在量和量之间是乘', () => {
  test.each([
    '株距30*40厘米，行距50*60厘米',
    '体积=长*宽*高',
    '长*宽*高，底*高',
    '单价*数量，长度*宽度*厚度',
    '30cm*40cm*50cm，5元*10人*3天',
    '30 *40* 50，３０*４０',
    '（长+宽）*2*高，3*(4+5)*6',
    '三*四*十二',
    'S=a*b*c',
  ])('原样显示：%s', (source) => expect(html(source)).toBe(paragraph(source)));

  test.each([
    ['这是*重点*内容', '这是<em>重点</em>内容'],
    ['共*30*人', '共<em>30</em>人'],
    ['2024年*5月*起', '2024年<em>5月</em>起'],
    ['高度*重视*安全', '高度<em>重视</em>安全'],
    ['3天*一次*，控制*温度*', '3天<em>一次</em>，控制<em>温度</em>'],
    ['校长*高度*重视', '校长<em>高度</em>重视'],
    ['**30*40厘米**和*斜*', '<strong>30*40厘米</strong>和<em>斜</em>'],
    ['（原图）*（原有一张图片）*后', '（原图）<em>（原有一张图片）</em>后'],
    ['其中*E=mc*是', '其中<em>E=mc</em>是'],
  ])('别处照样是斜体：%s', (source, shown) => expect(html(source)).toBe(paragraph(shown)));

  test('任何数字和空格之间都是乘，字一个不少', () => {
    const product = fc.tuple(digits, blank, blank, digits, unit, fc.constantFrom('，', '；', '。', '、'));
    fc.assert(
      fc.property(fc.array(product, { minLength: 1, maxLength: 6 }), (products) => {
        const source = `共${products.map(([a, l, r, b, u, end]) => `${a}${l}*${r}${b}${u}${end}`).join('')}完`;
        expect(html(source)).toBe(paragraph(source));
        expect(normalizeBody(normalizeBody(source))).toBe(normalizeBody(source));
      }),
    );
  });
});

describe('「$」是钱还是公式', () => {
  test.each([
    '苹果每斤$3，梨每斤$2。',
    '价格$5到$10之间。',
    '环境变量 $PATH 与 $USER 。',
    '$PATH:$HOME/bin',
    '进口试剂US$5，国产$，',
    '5$、6$和7$',
    '$$100和$$200',
    '苹果$ 3 $',
    '$3/斤，$4/斤',
  ])('钱和变量原样显示：%s', (source) => expect(html(source)).toBe(paragraph(source)));

  test.each([
    '$x$',
    '$E=mc^2$',
    '$\\alpha$',
    '$速度=路程÷时间$',
    '$3$',
    '$2x+1$',
    '$\\text{速度}$',
    '$1+1=$ ？',
  ])('公式还是公式：%s', (source) => expect(html(source)).toContain('<math'));

  test('钱和公式在一段里各是各的', () => {
    const shown = html('费用$5（约35元），$E=mc^2$，$10起，`$a$`');
    expect(shown.match(/<math/g)).toHaveLength(1);
    for (const words of ['费用$5（约35元）', '$10起', '<code>$a$</code>']) expect(shown).toContain(words);
  });

  test('像不像公式', () => {
    for (const tex of ['x', '3', 'v=s/t', '\\frac12', 'a_1', '△ABC', 'x<3'])
      expect(looksLikeFormula(tex)).toBe(true);
    for (const tex of ['', '3，梨', 'PATH', '5到', 'a,', '/6', '{A}', 'and then pay'])
      expect(looksLikeFormula(tex)).toBe(false);
  });

  test('任何金额都原样显示，「$」一个不少', () => {
    const amount = fc.tuple(
      fc.constantFrom('每斤', '约 ', '(', 'US', '：', ''),
      fc.constantFrom('3', '2.5', '1,000', '10 '),
      fc.constantFrom('，', '到', '/斤，', '元、', '-', '；梨', ' and '),
    );
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 6 }), (amounts) => {
        const source = `共${amounts.map(([lead, sum, tail]) => `${lead}$${sum}${tail}`).join('')}完`;
        expect(html(source)).toBe(paragraph(source));
        expect(normalizeBody(normalizeBody(source))).toBe(normalizeBody(source));
      }),
    );
  });
});
