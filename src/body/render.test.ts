import { describe, expect, test } from 'vitest';
import { renderBody } from './index.ts';

describe('读者会看到胡话的，说明是哪一行', () => {
  const quiz = (answer: string, inner: string) =>
    renderBody(`前\n\n<Quiz question="几个？" answer="${answer}">\n\n${inner}\n\n</Quiz>`).problems;

  test('问答的答案不在选项里、选项不是列表，是错误', () => {
    expect(quiz('5', '- 甲\n- 乙')).toEqual([
      expect.objectContaining({
        severity: 'error',
        line: 3,
        message: expect.stringContaining('只有 2 个选项'),
      }),
    ]);
    expect(quiz('1', 'A. 甲\nB. 乙')).toEqual([
      expect.objectContaining({ severity: 'error', line: 3, message: expect.stringContaining('写成列表') }),
    ]);
    expect(quiz('2', '1. 甲\n2. 乙\n\n解释')).toEqual([]);
  });

  test('小标题跳级是提醒', () => {
    expect(renderBody('## 一\n\n#### 二').problems).toEqual([
      expect.objectContaining({ severity: 'warning', line: 3, message: expect.stringContaining('第 4 级') }),
    ]);
    expect(renderBody('# 一\n\n## 二\n\n### 三\n\n## 四').problems).toEqual([]);
  });
});
