import { writeWorkbook, type WorkbookSheet } from '../../runtime/workbook.ts';
import { type Figure, figureOfIndicator } from '../../statistics/index.ts';
import { UNITS } from '../../types/statistics.ts';
import type { Material } from '../material.ts';
import { figureCell, remarkOf } from './cells.ts';

/** 科普统计: the indicators that carry a form's number, a sheet for each form. */

const TITLES = ['序号', '指标', '计量单位', '数值', '说明', '去重口径', '由几条记录得出'];
const WIDTHS = [6, 30, 10, 14, 34, 60, 14];

/** Entries that give a value, each once. */
const entriesIn = (figure: Figure | undefined): number =>
  new Set(
    (figure?.parts ?? [])
      .filter(({ value }) => value !== undefined)
      .map(({ entry }) => `${entry.collection}/${entry.id}`),
  ).size;

export function statisticsSheets({ records, year, association }: Material): Promise<Buffer> {
  const forms = new Map<string, WorkbookSheet['rows'][number][]>();
  for (const indicator of records.dictionary) {
    const { form, id, name, unit, deduplication } = indicator;
    if (form === undefined) continue;
    const figure = figureOfIndicator(records, id, { year });
    const rows = forms.get(form) ?? [];
    rows.push([
      rows.length + 1,
      name,
      UNITS[unit],
      figureCell(figure),
      remarkOf(figure),
      deduplication,
      entriesIn(figure),
    ]);
    forms.set(form, rows);
  }
  const sheets = [...forms]
    .sort(([a], [b]) => a.localeCompare(b, 'zh-CN'))
    .map(([name, rows]) => ({
      name,
      widths: WIDTHS,
      rows: [TITLES, ...rows],
    }));
  const guide: WorkbookSheet = {
    name: '填表说明',
    widths: [20, 90],
    rows: [
      ['项目', '说明'],
      ['填报单位', association],
      ['统计年份', `${year}年；流量指标为 1 月 1 日至 12 月 31 日累计，存量指标为 12 月 31 日的数`],
      ['「-」', '没有记录，或记录里没有填数字；不是零'],
      ['0', '有记录，数字是零'],
      ['「约数」', '原始记录写「余」「多」「约」的数'],
      ['「待核」', '两处记载不一致，两个数都列出，核实以后只留一个'],
      ['人和人次', '分开填，不相加'],
    ],
  };
  return writeWorkbook([...sheets, guide]);
}
