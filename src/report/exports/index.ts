import type { Material } from '../material.ts';
import { honoursSheet } from './honours.ts';
import { filingSheet } from './filing.ts';
import { selfAssessment } from './self-assessment.ts';
import { statisticsSheets } from './statistics-forms.ts';
import { townshipYear } from './township-year.ts';

/** What a county hands in or hands out besides the report: forms, lists and pages of one year. */

export interface ExportFile {
  /** Chinese, with the year. */
  name: string;
  /** Made when it is asked for. */
  make: () => Promise<Buffer>;
}

export interface ExportGroup {
  label: string;
  hint: string;
  files: ExportFile[];
}

/** Characters that a file's name may not have on Windows. */
const inFileName = (name: string) => name.replace(/[\\/:*?"<>|]/g, '-');

/** All exports of a year, in the order in which people ask for them; groups without a file are left out. */
export function exportsOf(material: Material): ExportGroup[] {
  const { year, county, ofYear, names, records } = material;
  const bases = records.entries.filter(({ collection }) => collection === 'bases');
  const filing = (kind: 'science-day' | 'science-spring', name: string): ExportFile[] =>
    ofYear.some((record) => record.collection === 'campaigns' && record.data.kind === kind)
      ? [{ name: `${county}${year}年${name}活动备案表.xlsx`, make: () => filingSheet(material, kind) }]
      : [];
  const groups: ExportGroup[] = [
    {
      label: '科普统计',
      hint: '指标词典里写了表号的指标，一个表号一张表；没有记录写「-」，是零写 0。',
      files: [{ name: `${county}${year}年科普统计.xlsx`, make: () => statisticsSheets(material) }],
    },
    {
      label: '活动备案表',
      hint: '一场活动一行，带着它的各项数字。',
      files: [...filing('science-day', '全国科普日'), ...filing('science-spring', '科技之春')],
    },
    {
      label: '荣誉一览',
      hint: '获评的和推荐的，分开列。',
      files: ofYear.some(({ collection }) => collection === 'honours')
        ? [{ name: `${county}${year}年荣誉一览.xlsx`, make: () => honoursSheet(material) }]
        : [],
    },
    {
      label: '基地自评表',
      hint: '本站有的都填好了，空着的写【待填】，由基地补齐盖章。',
      files: bases.map(({ id, data }) => ({
        name: inFileName(`${year}年科普基地自评表-${data.title}.docx`),
        make: () => selfAssessment(material, id),
      })),
    },
    {
      label: '各乡镇一年科普工作',
      hint: '给乡镇科协：这一年在本乡镇办了什么、数字多少、有哪些基地和阵地。',
      files: [...names.townships].map(([id, name]) => ({
        name: inFileName(`${year}年科普工作-${name}.docx`),
        make: () => townshipYear(material, id),
      })),
    },
  ];
  return groups.filter(({ files }) => files.length > 0);
}
