import { NOT_RECORDED } from '../statistics/figures.ts';

/** An amount of yuan as Chinese readers say it: 5,000 元, 15 万元, 8.5 万元; undefined stays 「未载」. */
export function yuanText(yuan: number | undefined): string {
  if (yuan === undefined) return NOT_RECORDED;
  const tenThousands = yuan / 10_000;
  return tenThousands >= 1 && Number.isInteger(tenThousands * 100)
    ? `${tenThousands.toLocaleString('zh-CN')} 万元`
    : `${yuan.toLocaleString('zh-CN')} 元`;
}
