import { writeWorkbook } from '../../runtime/workbook.ts';
import { LEVELS } from '../../model/common.ts';
import { RECIPIENTS } from '../../types/honours.ts';
import { type Material, type ReportRecord, sourceOf } from '../material.ts';
import { awardOf } from '../phrases/names.ts';

/** The year's honours as a list: those awarded, and those that were only recommended, on a sheet each. */

const TITLES = ['序号', '称号', '级别', '获得者', '对象', '授予单位', '数量', '年份', '网址'];
const WIDTHS = [6, 44, 10, 36, 12, 28, 8, 8, 50];

export function honoursSheet(material: Material): Promise<Buffer> {
  const honours = material.ofYear.filter(
    (record): record is ReportRecord<'honours'> => record.collection === 'honours',
  );
  const order = Object.keys(LEVELS);
  const sheet = (name: string, state: 'awarded' | 'recommended') => ({
    name,
    widths: WIDTHS,
    rows: [
      TITLES,
      ...honours
        .filter(({ data }) => data.state === state)
        .sort((a, b) => order.indexOf(a.data.level) - order.indexOf(b.data.level))
        .map((honour, index) => [
          index + 1,
          awardOf(honour, material) ?? honour.data.title,
          LEVELS[honour.data.level],
          honour.data.recipient,
          RECIPIENTS[honour.data.recipientKind],
          honour.data.givenBy,
          honour.data.quantity,
          honour.data.year,
          sourceOf(material, honour).address,
        ]),
    ],
  });
  return writeWorkbook([sheet('获评', 'awarded'), sheet('推荐申报', 'recommended')]);
}
