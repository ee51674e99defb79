import { optionOf, labelOf } from '../../model/labels.ts';
import { metaOf, shapeOf } from '../../model/schema.ts';
import { paperNumber, visitRequest } from './request.ts';
import type { School } from '../queries.ts';
import { schools, STAGES } from '../../types/caravan.ts';

/** One row of the paper form: what is known already, else room to write and what to choose from. */
interface PaperRow {
  label: string;
  value?: string | undefined;
  /** Boxes to tick. */
  options?: readonly string[] | undefined;
  hint?: string | undefined;
  /** Lines of room for handwriting. */
  lines: number;
}

/** The request on paper, to be printed or written as a Word file. */
export interface Paper {
  number: string;
  rows: PaperRow[];
  /** Who gets it, one sentence. */
  sendTo: string;
  association: string;
}

/** What a paper form is made from in addition to the school. */
interface Known {
  townships: readonly { id: string; name: string }[];
  exhibitSets: readonly { name: string }[];
  site: { association: string; requestsTo?: string | undefined; contact?: string | undefined };
}

/** The paper form, filled in for a school as far as the site knows, or blank. */
export function requestPaper(school: School | undefined, { townships, exhibitSets, site }: Known): Paper {
  const known: Record<string, string | undefined> = school
    ? {
        school: school.name,
        township: townships.find(({ id }) => id === school.township)?.name,
        stages: school.stages.map((stage) => STAGES[stage]).join('、'),
      }
    : {};
  const rows = Object.entries(shapeOf(visitRequest)).flatMap(([name, field]): PaperRow[] => {
    // On paper, applicants write their own name into the first row.
    if (name === 'place') return [];
    const meta = metaOf(field);
    const options =
      name === 'exhibitSet' ? exhibitSets.map((set) => set.name) : Object.values(meta?.options ?? {});
    const value = known[name];
    return [
      {
        label: name === 'school' && !school ? '学校或社区' : labelOf(visitRequest, name),
        value,
        options: value || options.length === 0 ? undefined : options,
        hint: value || meta?.widget === 'relation' ? undefined : meta?.hint,
        lines: meta?.widget === 'text' ? 3 : 1,
      },
    ];
  });
  const boarding = school?.boarding && optionOf(schools.item, ['boarding'], school.boarding);
  if (boarding) rows.splice(3, 0, { label: labelOf(schools.item, 'boarding'), value: boarding, lines: 1 });
  return {
    number: paperNumber(school?.id),
    rows,
    sendTo: site.requestsTo ?? site.contact ?? site.association,
    association: site.association,
  };
}
