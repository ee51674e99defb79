import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import mdx from '@astrojs/mdx';
import { satteri } from '@astrojs/markdown-satteri';
import { build } from 'astro';
import { htmlToHast } from 'satteri';
import { beforeAll, describe, expect, test } from 'vitest';
import { currentContent } from '../../src/store/index.ts';
import { blocks } from '../../src/blocks/index.ts';
import { normalizeBody, renderBody } from '../../src/body/index.ts';
import { features } from '../../src/body/source/parser.ts';
import { types } from '../../src/types/index.ts';

/**
 * What bodies promise: the normalised source is a valid MDX document, and @astrojs/mdx makes the same HTML of it as
 * `renderBody`. One real Astro build compiles every demo body and every block's example with stock MDX; the known
 * blocks are given to it as components.
 */

const root = resolve('.tmp/conformance');

const bodies = new Map<string, string>();
for (const type of types)
  for (const file of type.format === 'mdx' ? currentContent().filesOf(type).files : [])
    bodies.set(`${type.name}--${file.slug}`, currentContent().readFile(type, file).body);
for (const block of blocks) bodies.set(`block--${block.name.toLowerCase()}`, block.example);
const typed = [
  '温度<30℃，集合{1,2}，a<b 且 c>d',
  'import 是进口\n\nexport 是出口',
  '**“重点”**后面 ~~“旧”~~新 <b>粗</b>',
  '# 一\n\n## 二\n\n- [x] 完成\n- [ ] 未完成',
  '正文[^1]再来[^1]\n\n[^1]: 脚注\n\n| 左 | 右 |\n|:--|--:|\n| 1 | 2 | 3 |',
  '行内 $E=mc^2$\n\n$$\n\\frac{1}{2}\n$$\n\n```js\nif (a < b) {}\n```',
  '<https://a.example/x_y> 和 [链接](/articles/) ![图](/uploads/caravan/caravan.svg)',
  '> 引用\n>\n> <Callout>\n> 里面\n> </Callout>',
  '苗期3~5天，棚温20~30℃，~~旧价~~新价；[1~2月和3~4月](/a/) ![5~6月和7~8月](/uploads/caravan/caravan.svg)',
  '株距30*40厘米，行距50*60厘米；体积=长*宽*高，这是*重点*，**30*40**',
  '[3~5天和4~6天]\n\n[3~5天和4~6天]: /articles/',
  '每斤$3，梨$2，$5到$10，$PATH 与 $USER，速度$v=s/t$，$$100$$',
  '报名见https://a.example/bm，名额有限（https://a.example/a_(b)?c=1&amp;d=2）。**https://a.example/x**后，www.a.example，a@b.example，好',
  'https://，http://县科协.公益/x，!https://a.example/x.png',
  '<a href="https://a.example/b">报名<b>表</b>[1]</a>，<a href="//a.example/" title="说明">https://a.example/</a>，<a href="javascript:x">坏</a>',
  '![图](//a.example/a.png) [链接](//a.example/b) [![徽章](https://a.example/c.svg)](https://a.example/)',
  '## 一\n\n代码 `\n<b>\n` 结束，`甲\n乙`\n\nhttps://a.example/{id}，{x}\n\n$a\n<b$',
  '说明：\n\n    $$\n    x=1\n    $$\n\n## 下一节\n\n$$y=1\n+2$$\n\n1. 甲\n\n        $$\n        z\n        $$\n',
  '$$\nx=1\n\n## 节\n\n$$ 打折了\n\n末段',
  '代码：\n\n    # 注释\n    npm install\n\n1. 步骤\n\n       # 注释\n       run --x\n\n> 引\n>\n>     # 注释\n>     a',
  '见[注]和[甲]。\n\n[注]: 说明\n\n[甲]: https://a.example/',
  '入冬前刷白，防止冻\n裂和虫卵**越\n冬**。\n1、带身份证  \n2、带水杯<br>\n3、[报\n名](/a/)\n\n- 甲\n  乙\n\n> 丙\n> 丁',
  '甲[^1]乙[^2]\n\n[^1]: 好\n[^3]: 没人用',
  '> '.repeat(61) + '字 **粗** https://a.example/，好\n\n- **好**',
  `${'> '.repeat(30)}${'- '.repeat(30)}字\n\n- **好**`,
];
for (const [index, source] of typed.entries()) bodies.set(`typed--${index}`, source);

const sourceFolder = JSON.stringify(resolve('src')).slice(1, -1);

const blockComponent = (name: string) => `---
import { blockNamed } from '${sourceFolder}/blocks/index.ts';
const block = blockNamed('${name}');
const children = (await Astro.slots.render('default')) ?? '';
const context = { picture: () => undefined, href: (address) => address };
const html = block.render(block.schema.parse(Astro.props), children, context);
---
<Fragment set:html={html} />`;

const ELEMENTS: Record<string, string> = {
  a: `---
const external = /^https?:/i.test(Astro.props.href ?? '') ? { rel: 'noopener external' } : {};
---
<a {...Astro.props} {...external}><slot /></a>`,
  img: `---
import { pictureHtml } from '${sourceFolder}/model/block.ts';
const { src, alt } = Astro.props;
---
<Fragment set:html={pictureHtml(decodeURI(src), alt, { picture: () => undefined, href: (address) => address })} />`,
  table: `---
import { scrollable } from '${sourceFolder}/body/render.ts';
const rows = (await Astro.slots.render('default')) ?? '';
---
<Fragment set:html={scrollable(rows)} />`,
  input: `<input {...Astro.props} aria-label="任务" />`,
  code: `---
import { renderMaths } from '${sourceFolder}/blocks/formula/maths.ts';
const { class: name = '' } = Astro.props;
const text = (await Astro.slots.render('default')) ?? '';
const tex = text.replace(/&#39;/g, "'").replace(/&quot;/g, '"').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const maths = name.includes('language-math') ? renderMaths(tex, name.includes('math-display')).html : undefined;
---
{maths ? <Fragment set:html={maths} /> : <code {...Astro.props}><Fragment set:html={text} /></code>}`,
  pre: `---
import { displayMaths } from '${sourceFolder}/blocks/formula/maths.ts';
const inner = (await Astro.slots.render('default')) ?? '';
---
{/^<math|^<code class="math-source/.test(inner) ? <Fragment set:html={displayMaths(inner)} /> : <pre {...Astro.props}><Fragment set:html={inner} /></pre>}`,
};

/** HTML as a tree without positions, white space between tags and attribute order. */
function treeOf(html: string): unknown {
  const simplify = (node: Record<string, unknown>, verbatim: boolean): unknown => {
    if (node.type === 'text') {
      const text = verbatim ? String(node.value) : String(node.value).replace(/\s+/g, ' ');
      return text.trim() === '' ? undefined : text.trim();
    }
    if (node.type === 'comment') return undefined;
    const keep = verbatim || node.tagName === 'pre';
    const children = ((node.children ?? []) as Record<string, unknown>[]).map((child) =>
      simplify(child, keep),
    );
    const properties = Object.entries((node.properties ?? {}) as Record<string, unknown>)
      .filter(([, value]) => value !== false && value !== undefined)
      .map(([name, value]) => [name.toLowerCase(), String(value)]);
    return [node.tagName ?? '', properties.sort(), children.filter((child) => child !== undefined)];
  };
  return simplify(htmlToHast(html, { fragment: true }) as unknown as Record<string, unknown>, false);
}

beforeAll(async () => {
  rmSync(root, { recursive: true, force: true });
  for (const folder of ['src/pages', 'src/bodies', 'src/components'])
    mkdirSync(join(root, folder), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  for (const [name, source] of bodies)
    writeFileSync(join(root, 'src/bodies', `${name}.mdx`), `---\n{}\n---\n${normalizeBody(source)}`);
  for (const { name } of blocks)
    writeFileSync(join(root, 'src/components', `${name}.astro`), blockComponent(name));
  for (const [name, source] of Object.entries(ELEMENTS))
    writeFileSync(join(root, 'src/components', `${name}.astro`), source);
  writeFileSync(
    join(root, 'src/pages/[name].astro'),
    `---
export async function getStaticPaths() {
  const modules = import.meta.glob('../bodies/*.mdx', { eager: true });
  return Object.entries(modules).map(([path, module]) => ({ params: { name: path.slice(10, -4) }, props: { module } }));
}
const { Content } = Astro.props.module;
const found = import.meta.glob('../components/*.astro', { eager: true });
const components = Object.fromEntries(Object.entries(found).map(([path, module]) => [path.slice(14, -6), module.default]));
---
<body data-begin><Content components={components} /></body>`,
  );
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { format: 'file' },
    devToolbar: { enabled: false },
    markdown: { syntaxHighlight: false, processor: satteri({ features }) },
    integrations: [mdx()],
    vite: { server: { fs: { strict: false } } },
  });
}, 300_000);

const built = (name: string) => {
  const page = readFileSync(join(root, 'dist', `${name}.html`), 'utf8');
  return /<body data-begin[^>]*>([\s\S]*)<\/body>/.exec(page)?.[1] ?? '';
};

describe('@astrojs/mdx 对规整后的正文给出同样的 HTML', () => {
  test.each([...bodies.keys()])('%s', (name) => {
    expect(treeOf(built(name))).toEqual(treeOf(renderBody(bodies.get(name) as string).html));
  });

  test('每一篇都编译了', () => {
    expect(readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.html')).length).toBe(bodies.size);
  });
});
