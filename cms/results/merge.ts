import { type PhotoRow, type ResultRow, type ResultsForm, SINGLE_FIELDS } from './form.ts';

/** Two people filled in results of one entry: what only one of them changed is kept, the rest is shown to the second. */

export interface Merged {
  /** What this person typed, with the other's changes where there is no disagreement. */
  form: ResultsForm;
  /** What the other has, by control, where both changed the same: `row-0-value` → 120. */
  theirs: Record<string, string>;
}

const NOTHING = '（空）';
const ROW_FIELDS = ['value', 'method', 'item', 'evidence', 'approximate'] as const;
const PHOTO_FIELDS = ['alt', 'license', 'caption'] as const;

/** Three-way: `was` is what both began with. */
export function mergeForms(was: ResultsForm, mine: ResultsForm, now: ResultsForm): Merged {
  const theirs: Merged['theirs'] = {};
  const form: ResultsForm = { ...mine };
  for (const name of SINGLE_FIELDS) form[name] = one(was[name], mine[name], now[name], name, theirs);
  form.rows = mergeRows(was.rows, mine.rows, now.rows, theirs);
  form.photos = mergePhotos(was.photos, mine.photos, now.photos, theirs);
  return { form, theirs };
}

type Value = string | boolean;

function one<Kind extends Value>(
  was: Kind,
  mine: Kind,
  now: Kind,
  control: string,
  theirs: Merged['theirs'],
): Kind {
  if (mine === now || now === was) return mine;
  if (mine === was) return now;
  theirs[control] = typeof now === 'boolean' ? (now ? '是' : '否') : now || NOTHING;
  return mine;
}

function mergeRows(
  was: readonly ResultRow[],
  mine: readonly ResultRow[],
  now: readonly ResultRow[],
  theirs: Merged['theirs'],
): ResultRow[] {
  const find = (rows: readonly ResultRow[], key: string) => rows.find((row) => row.key === key);
  const rows: ResultRow[] = [];
  for (const row of mine) {
    const before = row.key ? find(was, row.key) : undefined;
    const current = row.key ? find(now, row.key) : undefined;
    const control = `row-${rows.length}`;
    if (!before) {
      // New here: the other may have added the same.
      const same = now.find(
        ({ key, indicator, item }) =>
          !find(was, key) && row.value !== '' && indicator === row.indicator && item === row.item,
      );
      rows.push(same ? { ...row, key: same.key } : row);
      if (same && same.value !== row.value) theirs[`${control}-value`] = same.value || NOTHING;
    } else if (!current) {
      if (ROW_FIELDS.every((field) => before[field] === row[field])) continue;
      rows.push({ ...row, key: '' });
      theirs[`${control}-value`] = '删去了这一项';
    } else {
      const next = { ...row };
      for (const field of ROW_FIELDS)
        Object.assign(next, {
          [field]: one<Value>(before[field], row[field], current[field], `${control}-${field}`, theirs),
        });
      rows.push(next);
    }
  }
  const held = new Set(rows.map(({ key }) => key));
  return [...rows, ...now.filter(({ key }) => !held.has(key) && !find(was, key))];
}

function mergePhotos(
  was: readonly PhotoRow[],
  mine: readonly PhotoRow[],
  now: readonly PhotoRow[],
  theirs: Merged['theirs'],
): PhotoRow[] {
  const find = (photos: readonly PhotoRow[], src: string) => photos.find((photo) => photo.src === src);
  const kept = mine.filter(({ src }) => !find(was, src) || find(now, src));
  const photos = kept.map((photo, index) => {
    const before = find(was, photo.src);
    const current = find(now, photo.src);
    if (!before || !current) return photo;
    const next = { ...photo };
    for (const field of PHOTO_FIELDS)
      next[field] = one(before[field], photo[field], current[field], `photo-${index}-${field}`, theirs);
    return next;
  });
  return [...photos, ...now.filter(({ src }) => !find(was, src) && !find(mine, src))];
}
