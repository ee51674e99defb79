import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import { UNITS } from '../types/statistics.ts';
import { bodyLineAt, type CheckedFile, type Corpus, textsIn } from './corpus.ts';
import { figuresIn, type Indicator, indicatorsOf, type KnownFigure } from './figures.ts';

/** 人 and 人次 are two things. Where the text beside a figure names the other one, one of the two is wrong. */

const OTHER = { person: 'attendance', attendance: 'person' } as const;
type Counted = keyof typeof OTHER;

const isCounted = (unit: Indicator['unit'] | undefined): unit is Counted =>
  unit !== undefined && unit in OTHER;

/** 「3639人次」, 「3,639 余人」: the figure as a text writes it, and the unit behind it. */
function mentions(text: string, value: number, unit: Counted): number | undefined {
  const digits = [String(value), value.toLocaleString('en-US')].map((way) => way.replaceAll('.', '\\.'));
  // 人员, 人民 and the like are no unit; 人次 is not 人.
  const word = unit === 'person' ? '人(?![次员民均大力才口家物们]|以上)' : '人次';
  return new RegExp(`(?<![\\d.,])(?:${digits.join('|')})(?![\\d.,]\\d)\\s*(?:余|多|几)?\\s*${word}`).exec(
    text,
  )?.index;
}

export const checkPeopleAndAttendances = ({
  files,
  content,
}: Pick<Corpus, 'files' | 'content'>): Problem[] => {
  const withFigures = files.map((checked) => ({ checked, figures: figuresIn({ files: [checked] }) }));
  if (withFigures.every(({ figures }) => figures.length === 0)) return [];
  const dictionary = indicatorsOf(content);
  return withFigures.flatMap(({ checked, figures }) =>
    figures.flatMap((one) => wrongUnit(checked, one, figures, dictionary)),
  );
};

function wrongUnit(
  checked: CheckedFile,
  { indicator, value, path }: KnownFigure,
  figures: readonly KnownFigure[],
  dictionary: ReadonlyMap<string, Indicator>,
): Problem[] {
  const { file, schema, data, entry } = checked;
  const unitOf = (id: string) => dictionary.get(id)?.unit;
  const unit = unitOf(indicator);
  if (!isCounted(unit)) return [];
  const other = OTHER[unit];
  // The same number of both, as two figures: each text is about its own.
  if (figures.some((figure) => figure.value === value && unitOf(figure.indicator) === other)) return [];
  const own = [...textsIn(data)];
  const bodyAt = mentions(entry.body, value, other);
  const isSaid =
    own.some(({ text }) => mentions(text, value, unit) !== undefined) ||
    mentions(entry.body, value, unit) !== undefined;
  const said = own.find(({ text }) => mentions(text, value, other) !== undefined);
  if (isSaid || (!said && bodyAt === undefined)) return [];
  const where = said ? labelOfPath(schema, said.path) : `正文第 ${bodyLineAt(checked, bodyAt ?? 0)} 行`;
  return [
    {
      severity: 'warning',
      file,
      line: entry.lineOf(path),
      field: labelOfPath(schema, path),
      message: `${where}写的是「${value}${UNITS[other]}」，这里记在「${dictionary.get(indicator)?.name}」，单位是「${UNITS[unit]}」：人和人次不能混，请核对原始记录，记到对的一项里`,
    },
  ];
}
