import { describe, expect, test } from 'vitest';
import { normalizeBody, renderBody } from '../index.ts';

const html = (source: string) => renderBody(source).html;

describe('独立公式在读者认为结束的地方结束', () => {
  const after = '\n\n## 下一节\n\n- 甲\n- 乙';
  test.each([
    ['缩进四格', '说明：\n\n    $$\n    x=1\n    $$'],
    ['只有后一行缩进', '$$\nx=1\n    $$'],
    ['用制表符缩进', '\t$$\n\tx=1\n\t$$'],
    ['和公式写在一行', '$$x=1\n+2$$'],
    ['后面紧跟文字', '说明\n$$\nx=1\n$$\n其中 x 是数'],
    ['在列表里缩进', '1. 甲\n\n        $$\n        x=1\n        $$\n\n2. 乙'],
    ['在列表项第一行', '- $$\n  x=1\n      $$\n- 乙'],
    ['在引用里', '> 说\n>\n>     $$\n>     x=1\n>     $$'],
    ['没有结束', '$$\nx=1'],
    ['没有结束，在引用里', '> $$\n> x=1'],
    ['里面有空行', '$$\nx=1\n\ny=2\n$$'],
  ])('%s', (_name, source) => {
    const body = renderBody(source + after);
    expect(body.html.match(/class="math-display"/g)).toHaveLength(1);
    expect(body.headings.map(({ text }) => text)).toEqual(['下一节']);
    expect(body.html).toContain('<li>甲</li>');
    expect(body.problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    const normal = normalizeBody(source + after);
    expect(normalizeBody(normal)).toBe(normal);
  });

  test('没有结束的告诉编辑是哪一行；下一个公式不受影响', () => {
    const body = renderBody('前\n\n$$\nx=1\n\n## 节\n\n$$\ny\n$$');
    expect(body.problems).toEqual([expect.objectContaining({ line: 3, severity: 'warning' })]);
    expect(body.html.match(/class="math-display"/g)).toHaveLength(2);
    expect(body.headings).toHaveLength(1);
  });

  test('不像公式的「$$」是字', () => {
    const body = renderBody('$$ 打折了\n\n$$\n这里是一段话。\n\n## 节');
    expect(body.html).not.toContain('<math');
    expect(body.text).toContain('$$ 打折了');
    expect(body.headings).toHaveLength(1);
  });
});

describe('缩进的代码是代码', () => {
  test.each([
    ['空行后面', '代码：\n\n    # 注释\n    npm install\n\n后面', '# 注释\nnpm install\n'],
    ['紧接着文字', '代码：\n    # 注释\n    npm install\n后面', '# 注释\nnpm install\n'],
    ['用制表符', '\t# 注释\n\ta = 1', '# 注释\na = 1\n'],
    ['中间有空行和更深的缩进', '    # 注释\n\n    if a:\n        b()', '# 注释\n\nif a:\n    b()\n'],
    ['汉字在代码里', '    print("你好")\n    # 注释', 'print(&quot;你好&quot;)\n# 注释\n'],
    ['在列表里', '1. 步骤\n\n       # 注释\n       run', '# 注释\nrun\n'],
    ['在引用里', '> 说\n>\n>     # 注释', '# 注释\n'],
    ['里面有反引号', '    # ```\n    a', '# ```\na\n'],
  ])('%s', (_name, source, code) => {
    const body = renderBody(source);
    expect(body.html).toContain(`<pre><code>${code}</code></pre>`);
    expect(body.headings).toEqual([]);
    expect(body.problems).toEqual([expect.objectContaining({ severity: 'warning' })]);
    expect(body.problems[0]?.message).toContain('空了四格');
    expect(normalizeBody(normalizeBody(source))).toBe(normalizeBody(source));
  });

  test('首行空几格的段落还是段落，缩进的列表还是列表', () => {
    expect(html('    各乡镇科协：\n    现通知如下。\n\n    特此通知')).toBe(
      '<p>各乡镇科协：<br>\n现通知如下。</p>\n<p>特此通知</p>',
    );
    expect(html('- 甲\n      - 乙')).toContain('<li>乙</li>');
    expect(html('    - 甲\n    - 乙')).toContain('<li>乙</li>');
    expect(html('                麦禾县科协\n                2026年10月1日')).not.toContain('<pre>');
  });

  test('缩进的内容块、围栏里的代码照旧', () => {
    expect(html('    <Callout>\n    好\n    </Callout>')).toContain('block-callout');
    expect(html('```\n    # 注释\n$$\n```\n\n## 节')).toContain('<h2');
    expect(renderBody('```\n# 注释').problems).toEqual([
      expect.objectContaining({ line: 1, severity: 'warning', message: expect.stringContaining('没有结束') }),
    ]);
  });
});
