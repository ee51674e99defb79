import { knownDateText } from '../../calendar/precision.ts';
import { type Figure, figuresOf } from '../../statistics/index.ts';
import { BASE_KINDS } from '../../types/bases.ts';
import { EVENT_KINDS } from '../../types/events.ts';
import { FACILITY_KINDS } from '../../types/facilities.ts';
import {
  bodyParagraph,
  headingParagraph,
  officialDocx,
  plainLine,
  run,
  titleParagraph,
} from '../docx/page.ts';
import { formTable } from '../docx/table.ts';
import type { Material, ReportRecord } from '../material.ts';
import { amountText } from '../phrases/numbers.ts';
import { NAME_WORDS } from '../phrases/names.ts';
import { remarkOf } from './cells.ts';

/** A township's own page of a year, for its association to print or to build its report on. */

type Happening = ReportRecord<'events' | 'caravan'>;

const inTownship = (id: string) => (record: ReportRecord) =>
  'township' in record.data && record.data.township === id;

function happeningRows(happenings: readonly Happening[], material: Material): string[][] {
  return happenings.map((record, index) => [
    String(index + 1),
    record.data.title,
    record.collection === 'caravan' ? '大篷车' : EVENT_KINDS[record.data.kind],
    knownDateText(record.data.start, record.data),
    (NAME_WORDS.地点?.of(record, material) ?? []).filter(Boolean).join('、'),
  ]);
}

const figureRows = (figures: readonly Figure[]): string[][] =>
  figures.map((figure) => [figure.indicator.name, amountText(figure) ?? '未填', remarkOf(figure)]);

export function townshipYear(material: Material, id: string): Promise<Buffer> {
  const { year, ofYear, names, association, records, county, address } = material;
  const name = names.townships.get(id) ?? id;
  const own = (records.entries as readonly ReportRecord[]).filter(inTownship(id));
  const happenings = ofYear.filter(
    (record): record is Happening =>
      (record.collection === 'events' || record.collection === 'caravan') && inTownship(id)(record),
  );
  const figures = figuresOf(records, { year, township: id });
  const bases = own.filter((record) => record.collection === 'bases');
  const facilities = own.filter((record) => record.collection === 'facilities');
  const places = [
    ...bases.map(({ data }) => [
      data.title,
      BASE_KINDS[data.kind],
      data.honours.map((one) => one.name).join('、'),
    ]),
    ...facilities.map(({ data }) => [
      data.title,
      FACILITY_KINDS[data.kind],
      data.built === undefined ? '' : `${data.built}年建成`,
    ]),
  ];
  const none = (text: string) => bodyParagraph([run(text)]);
  return officialDocx({
    title: `${name}${year}年科普工作`,
    creator: association,
    hasGrid: false,
    children: [
      titleParagraph(`${name}${year}年科普工作`),
      plainLine([]),
      bodyParagraph([
        run(
          `本页由${county}科普网站的记录生成，供${name}科协使用。没有写明乡镇的活动不在内；有出入的请告诉${association}。网上的样子：${address(`/townships/${id}/`)}`,
        ),
      ]),
      headingParagraph('一、办了什么', 1),
      happenings.length > 0
        ? formTable({
            widths: [8, 40, 14, 20, 18],
            head: ['序号', '活动', '种类', '日期', '地点'],
            rows: happeningRows(happenings, material),
          })
        : none(`${year}年没有写明在${name}办的活动和大篷车站次。`),
      headingParagraph('二、数字', 1),
      figures.length > 0
        ? formTable({ widths: [40, 24, 36], head: ['指标', '数', '说明'], rows: figureRows(figures) })
        : none(`${year}年在${name}的活动没有填过数字。`),
      headingParagraph('三、基地和阵地', 1),
      places.length > 0
        ? formTable({ widths: [44, 24, 32], head: ['名称', '种类', '说明'], rows: places })
        : none(`本站没有${name}的基地和阵地。`),
    ],
  });
}
