import { describe, expect, test } from 'vitest';
import { neighbourhood } from './neighbours.ts';
import { centreOf, pathOf, pointsOf, viewBoxOf } from './shape.ts';

describe('示意地图', () => {
  const square = pointsOf(['0,0', '100,0', '100,100', '0,100']);
  test('轮廓连成闭合路径', () => expect(pathOf([square])).toBe('M0 0L100 0L100 100L0 100Z'));
  test('名称写在重心', () => expect(centreOf(square)).toEqual([50, 50]));
  test('没有面积的轮廓取顶点的平均', () => {
    expect(centreOf(pointsOf(['10,10', '30,10']))).toEqual([20, 10]);
    expect(centreOf([])).toEqual([0, 0]);
  });
  test('画幅围住所有顶点', () => {
    expect(viewBoxOf(square)).toBe('-20 -20 140 140');
    expect(viewBoxOf([])).toBe('0 0 1000 1000');
  });
});

describe('相邻的乡镇', () => {
  const at = (id: string, x: number) => ({ id, outline: [`${x},0`, `${x + 10},0`, `${x},10`] });
  const all = [at('far', 500), at('own', 0), at('near', 20), { id: 'undrawn', outline: [] }];
  const names = (id: string) => neighbourhood(id, all).map((other) => other.id);
  test('示意图上近的在前，没有画的在最后', () => expect(names('own')).toEqual(['near', 'far', 'undrawn']));
  test('自己没有画时，照名单的次序', () => expect(names('undrawn')).toEqual(['far', 'own', 'near']));
});
