import { now } from '../../../../../src/calendar/today.ts';
import { readFileParts, writeFile } from '../../../../documents/format.ts';
import type { Place } from '../../../../documents/places.ts';
import { uploadName } from '../../../../documents/slug.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';
import type { Person } from '../../../../protocol/roles.ts';
import { applyForm, type Faults } from '../../../../results/apply.ts';
import type { Indicator } from '../../../../results/figure.ts';
import { formOf, isBlank, type PhotoRow, type ResultsForm } from '../../../../results/form.ts';
import { mergeForms } from '../../../../results/merge.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import { Refused } from '../../../services/refused.ts';
import { renderChecked } from '../../../services/body-check/index.ts';
import type { UploadQuota } from '../../../services/upload-quota.ts';
import { existingSlugs, validate } from '../../../services/validation.ts';
import { openDocument } from '../../../stores/content/entry-document.ts';
import { faultsOf } from './faults.ts';
import type { Posted } from './posted.ts';

/** From a filled-in form to a draft, through the newsroom as the editor does. */

export interface UploadParts {
  newsroom: Pick<Newsroom, 'uploadBytes'>;
  /** How much may be uploaded; absent where there is no limit. */
  uploadQuota?: Pick<UploadQuota, 'refuse' | 'record'> | undefined;
}

/** Uploads the chosen photos; each becomes a row that still wants its text. */
export async function uploadPhotos(
  { newsroom, uploadQuota }: UploadParts,
  person: Person,
  files: readonly File[],
  license: string,
): Promise<{ photos: PhotoRow[]; refusals: string[] }> {
  const photos: PhotoRow[] = [];
  const refusals: string[] = [];
  for (const file of files)
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      uploadQuota?.refuse(person, bytes.length);
      const { path } = await newsroom.uploadBytes(person, `uploads/${uploadName(file.name)}`, bytes);
      uploadQuota?.record(person, bytes.length);
      photos.push({ src: `/${path}`, alt: '', license, caption: '' });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      refusals.push(`「${file.name.slice(0, 60)}」没有上传：${error.message}`);
    }
  return { photos, refusals };
}

/** The form with what another person saved since it was opened; `theirs` is empty when nothing disagrees. */
export function withTheirs({ version, form, was }: Posted, file: StoredFile, current: ResultsForm) {
  if (version === file.version || !was) return { form, theirs: {} };
  const rows = form.rows.filter((row) => row.key !== '' || !isBlank(row));
  return mergeForms(was, { ...form, rows }, current);
}

interface Draft {
  place: Place;
  file: StoredFile;
  form: ResultsForm;
  evidence: string;
  dictionary: readonly Indicator[];
}

/** The entry's text with the form, and what is wrong with it. */
export async function textWith({ place, file, form, evidence, dictionary }: Draft): Promise<{
  text: string;
  faults: Faults;
}> {
  const { format, schema } = place;
  const parts = readFileParts(file.text, format);
  const indicators = new Map(dictionary.map((indicator) => [indicator.id, indicator]));
  const { data, faults, rowOf } = applyForm(parts.data, form, { indicators, evidence, now: now() });
  const text = writeFile({ ...parts, data }, format, schema, file.text);
  const document = openDocument(place, text);
  const body = await renderChecked(document.parsed.body);
  const problems = validate(document, existingSlugs(place.content), body);
  const all = { ...faultsOf(problems, schema, rowOf, form.photos.length), ...faults };
  return { text, faults: inOrder(all) };
}

const ORDER = [
  'state',
  'changeReason',
  'sessions',
  'evidence',
  'row',
  'platform',
  'uploads',
  'photo',
  'files',
  'photoConsent',
];

/** In the order in which the page shows the controls. */
function inOrder(faults: Faults): Faults {
  const placeOf = (name: string) => {
    const [group = '', number = '0'] = name.split('-');
    return ORDER.indexOf(group) * 1000 + Number(number);
  };
  return Object.fromEntries(Object.entries(faults).sort(([a], [b]) => placeOf(a) - placeOf(b)));
}

/** The form that an entry has now. */
export const currentForm = (place: Place, { text }: StoredFile): ResultsForm =>
  formOf(readFileParts(text, place.format).data);
