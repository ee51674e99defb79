import { AlignmentType } from 'docx';
import { knownDateText } from '../../calendar/precision.ts';
import { WEEKDAYS } from '../../calendar/days.ts';
import { LEVELS } from '../../model/common.ts';
import { BASE_KINDS } from '../../types/bases.ts';
import { EVENT_KINDS } from '../../types/events.ts';
import { BLANK } from '../document.ts';
import { officialDocx, plainLine, run, titleParagraph } from '../docx/page.ts';
import { formTable } from '../docx/table.ts';
import { type Material, type ReportRecord, sourceOf } from '../material.ts';
import { amountText } from '../phrases/numbers.ts';

/** A base's self-assessment of a year, filled in as far as the site knows. */

type Base = ReportRecord<'bases'>;

const known = (text: string | undefined): string => text ?? BLANK;

const openingText = ({ data }: Base): string => {
  const hours = data.opening.map(
    ({ days, opens, closes }) => `${days.map((day) => WEEKDAYS[day]).join('、')} ${opens}—${closes}`,
  );
  return [...hours, ...(data.openingNote ? [data.openingNote] : [])].join('\n') || BLANK;
};

const count = (value: number | undefined, unit: 'attendance') =>
  known(amountText({ value, unit, approximate: false, incomplete: false, conflict: [] }));

export function selfAssessment(material: Material, id: string): Promise<Buffer> {
  const { year, ofYear, names, association, records } = material;
  const base = (records.entries as readonly ReportRecord[]).find(
    (record): record is Base => record.collection === 'bases' && record.id === id,
  );
  if (!base) throw new Error(`没有网址名是「${id}」的基地`);
  const { data } = base;
  const events = ofYear.filter(
    (record): record is ReportRecord<'events'> => record.collection === 'events' && record.data.base === id,
  );
  const visitors = data.visitors.find((row) => row.year === year)?.value;
  const before = data.visitors.find((row) => row.year === year - 1)?.value;
  const honours = data.honours.map(
    ({ name, level, year: when, state }) =>
      `${name}（${LEVELS[level]}，${state === 'awarded' ? '获评' : '推荐'}${when === undefined ? '' : `，${when}年`}）`,
  );
  const facts: [string, string][] = [
    ['基地名称', data.title],
    ['依托单位', known(data.organisation)],
    ['种类', BASE_KINDS[data.kind]],
    ['产业或领域', known(data.industry)],
    ['所在乡镇', known(data.township && names.townships.get(data.township))],
    ['地址', known(data.address)],
    ['办公电话', known(data.contact)],
    ['面积', data.area === undefined ? `${BLANK}平方米` : `${data.area}平方米`],
    ['开放时间', openingText(base)],
    ['称号', honours.join('\n') || '无'],
    [`${year}年参观`, count(visitors, 'attendance')],
    [`${year - 1}年参观`, count(before, 'attendance')],
    [`${year}年开放天数`, `${BLANK}天`],
    ['专兼职科普人员', `${BLANK}人`],
    [`${year}年科普经费`, `${BLANK}元`],
  ];
  const rows = events.map((event, index) => [
    String(index + 1),
    event.data.title,
    EVENT_KINDS[event.data.kind],
    knownDateText(event.data.start, event.data),
    String(event.data.sessions ?? 1),
  ]);
  return officialDocx({
    title: `${year}年科普基地自评表`,
    creator: association,
    hasGrid: false,
    children: [
      titleParagraph(`${year}年科普基地自评表`),
      plainLine([]),
      formTable({ widths: [26, 74], labels: [0], rows: facts }),
      plainLine([run('一、本年度科普活动', { named: 'heading' })], { keepNext: true }),
      formTable({
        widths: [8, 42, 16, 24, 10],
        head: ['序号', '活动', '种类', '日期', '场次'],
        rows: rows.length > 0 ? rows : [['', `本站没有在这里办的活动记录，请补：${BLANK}`, '', '', '']],
      }),
      plainLine([run('二、主要做法、成效和不足', { named: 'heading' })], { keepNext: true }),
      formTable({ widths: [100], rows: [[`${BLANK}\n\n\n\n`]] }),
      plainLine([run(`本站页面：${sourceOf(material, base).address ?? ''}`)]),
      plainLine([run('（单位盖章）')], { align: AlignmentType.RIGHT, right: 4 }),
      plainLine([run(`${BLANK}年${BLANK}月${BLANK}日`)], { align: AlignmentType.RIGHT, right: 2 }),
    ],
  });
}
