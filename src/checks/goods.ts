import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { type Corpus, firstOf } from './corpus.ts';
import { type Indicator, indicatorsOf, resultsOf } from './figures.ts';

/** Things that are given away and are neither read nor leafed through. */
const GOODS =
  /手提袋|购物袋|环保袋|布袋|帆布包|围裙|雨伞|遮阳伞|扇子|水杯|纸杯|保温杯|毛巾|帽子|钥匙扣|抽纸|纸巾|洗衣液|洗手液|香皂|牙膏|中性笔|圆珠笔|签字笔|文具|口罩|马甲|鼠标垫|纪念品|小礼品|礼品|宣传品|体温计/;

/** 资料 and 书籍 are counted by 份 and 册, goods by 件. */
const isPrinted = ({ unit, name }: Indicator) =>
  unit === 'volume' || (unit === 'copy' && name.includes('资料'));
const isGoods = ({ unit, name }: Indicator) => unit === 'piece' && name.includes('宣传品');

/** Goods that are counted as leaflets make a campaign look better read than it was. */
export function checkGoods({ files, content }: Pick<Corpus, 'files' | 'content'>): Problem[] {
  if (files.every((checked) => resultsOf(checked).length === 0)) return [];
  const dictionary = indicatorsOf(content);
  const home = [...dictionary.values()].find(isGoods);
  return files.flatMap((checked) => firstOf(goodsIn(checked)));

  function* goodsIn(checked: Corpus['files'][number]): Generator<Problem> {
    for (const [index, { indicator, value, item = '' }] of resultsOf(checked).entries()) {
      const found = GOODS.exec(item)?.[0];
      const own = dictionary.get(indicator);
      if (!found || !own || !isPrinted(own)) continue;
      const path = ['results', index, 'item'];
      const elsewhere = home ? `另计「${home.name}」` : '另记一项，按件计';
      yield {
        severity: 'warning',
        file: checked.file,
        line: checked.entry.lineOf(path),
        field: labelOfPath(checked.schema, path),
        message: `「${found}」是物品，不是资料：分得开的请${elsewhere}${value === undefined ? '' : '，从这里的数里减去'}；原始记录分不开的不用改`,
      };
    }
  }
}
