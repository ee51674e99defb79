import { knownDateText } from '../../calendar/precision.ts';
import { writeWorkbook, type WorkbookSheet } from '../../runtime/workbook.ts';
import { type Figure, figuresOf, type Part, sumOf } from '../../statistics/index.ts';
import { AUDIENCES } from '../../model/common.ts';
import type { CAMPAIGN_KINDS } from '../../types/campaigns.ts';
import { STAGES } from '../../types/caravan.ts';
import { EVENT_KINDS } from '../../types/events.ts';
import { UNITS } from '../../types/statistics.ts';
import { type Material, type ReportRecord, sourceOf } from '../material.ts';
import { NAME_WORDS } from '../phrases/names.ts';
import { figureCell } from './cells.ts';

/** The filing sheet of a campaign: a row for each event and stop, a column for each figure that one of them states. */

type Happening = ReportRecord<'events' | 'caravan'>;

const TITLES = [
  '序号',
  '活动名称',
  '板块',
  '种类',
  '日期',
  '地点',
  '乡镇',
  '主办单位',
  '协办单位',
  '面向人群',
  '场次',
];
const WIDTHS = [6, 40, 20, 12, 24, 28, 12, 24, 36, 18, 8];

const names = (word: string, record: Happening, material: Material) =>
  (NAME_WORDS[word]?.of(record, material) ?? []).filter(Boolean).join('、') || undefined;

const audienceOf = ({ collection, data }: Happening) =>
  (collection === 'caravan'
    ? data.stages.map((stage) => STAGES[stage])
    : data.audience.map((audience) => AUDIENCES[audience])
  ).join('、');

function describe(record: Happening, material: Material) {
  const { data, collection } = record;
  return [
    data.title,
    data.strand,
    collection === 'caravan' ? '大篷车' : EVENT_KINDS[data.kind],
    knownDateText(data.start, data),
    names('地点', record, material),
    names('乡镇', record, material),
    data.hosts.join('、') || undefined,
    data.coHosts.join('、') || undefined,
    audienceOf(record),
    data.sessions ?? 1,
  ];
}

export function filingSheet(material: Material, kind: keyof typeof CAMPAIGN_KINDS): Promise<Buffer> {
  const campaigns = material.ofYear.filter(
    (record): record is ReportRecord<'campaigns'> =>
      record.collection === 'campaigns' && record.data.kind === kind,
  );
  return writeWorkbook(campaigns.map((campaign) => sheetOf(campaign, material)));
}

/** What each entry adds to a figure, as a cell. */
function cellsOf({ indicator, parts }: Figure): Map<string, string | number> {
  const own = new Map<string, Part[]>();
  for (const part of parts) {
    const id = `${part.entry.collection}/${part.entry.id}`;
    own.set(id, [...(own.get(id) ?? []), part]);
  }
  return new Map([...own].map(([id, some]) => [id, figureCell({ ...sumOf(indicator, some), conflict: [] })]));
}

function sheetOf(campaign: ReportRecord<'campaigns'>, material: Material): WorkbookSheet {
  const { ofYear, records, year } = material;
  const events = ofYear.filter(
    (record): record is Happening =>
      (record.collection === 'events' || record.collection === 'caravan') &&
      record.data.campaign === campaign.id,
  );
  const figures = figuresOf(records, { year, campaign: campaign.id });
  const cells = figures.map(cellsOf);
  const sessions = events.reduce((total, { data }) => total + (data.sessions ?? 1), 0);
  return {
    name: campaign.data.title,
    widths: [...WIDTHS, ...figures.map(() => 14), 44],
    rows: [
      [...TITLES, ...figures.map(({ indicator, unit }) => `${indicator.name}（${UNITS[unit]}）`), '网址'],
      ...events.map((record, index) => [
        index + 1,
        ...describe(record, material),
        ...cells.map((own) => own.get(`${record.collection}/${record.id}`)),
        sourceOf(material, record).address,
      ]),
      [
        undefined,
        '合计',
        ...Array.from({ length: TITLES.length - 3 }, () => undefined),
        sessions,
        ...figures.map(figureCell),
        sourceOf(material, campaign).address,
      ],
    ],
  };
}
