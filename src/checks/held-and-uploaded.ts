import type { Problem } from '../model/problems.ts';
import { labelOfPath } from '../model/schema.ts';
import type { Corpus } from './corpus.ts';
import { figuresIn, type KnownFigure } from './figures.ts';

/** Ids in the dictionary: volunteer activities that were held, and those that the national platform has. */
const HELD = 'volunteer-activities';
const UPLOADED = 'platform-uploads';

/** More or fewer activities uploaded to the national platform than were held: the difference needs a reason. */
export function checkHeldAndUploaded(corpus: Pick<Corpus, 'files'>): Problem[] {
  const figures = figuresIn(corpus);
  const byYear = (id: string) =>
    Map.groupBy(
      figures.filter(({ indicator }) => indicator === id),
      ({ year }) => year,
    );
  const held = byYear(HELD);
  return [...byYear(UPLOADED)].flatMap(([year, uploaded]): Problem[] => {
    const all = sum(held.get(year) ?? []);
    const sent = sum(uploaded);
    const [{ checked, path } = { checked: undefined, path: [] }] = uploaded;
    if (!checked || all === 0 || all === sent) return [];
    const message =
      sent < all
        ? `${year} 年办了 ${all} 次、上传 ${sent} 次，差 ${all - sent} 次：请补传，或在说明里写明为什么`
        : `${year} 年上传 ${sent} 次，比办的 ${all} 次还多：请核对，是不是有活动没有记，或者传了两遍`;
    return [
      {
        severity: 'warning',
        file: checked.file,
        line: checked.entry.lineOf(path),
        field: labelOfPath(checked.schema, path),
        message,
      },
    ];
  });
}

const sum = (figures: readonly KnownFigure[]) => figures.reduce((total, { value }) => total + value, 0);
