import type { Context } from 'hono';
import { z } from 'zod';
import { formOf, newRow, type PhotoRow, type ResultRow, type ResultsForm } from '../../../../results/form.ts';

/** The form 「补成果」 as a browser sends it. */

/** What each button does. */
export const STEPS = ['save', 'submit', 'add', 'upload'] as const;

export interface Posted {
  step: (typeof STEPS)[number];
  /** Version of the entry that the form was made from. */
  version: string;
  form: ResultsForm;
  /** What the form was made with; undefined when it cannot be read. */
  was: ResultsForm | undefined;
  /** Evidence of all figures that have none of their own. */
  evidence: string;
  /** Photos chosen in the form and not uploaded yet. */
  files: File[];
}

/** More rows than any form has; a longer one comes from no page of ours. */
const MAX_ROWS = 100;

const text = z.string();
const rowShape = z.object({
  key: text,
  indicator: text,
  value: text,
  approximate: z.boolean(),
  method: text,
  item: text,
  evidence: text,
}) satisfies z.ZodType<ResultRow>;
const photoShape = z.object({
  src: text,
  alt: text,
  license: text,
  caption: text,
}) satisfies z.ZodType<PhotoRow>;
const formShape = z.object({
  state: text,
  changeReason: text,
  sessions: text,
  platform: text,
  uploads: text,
  photoConsent: text,
  rows: z.array(rowShape).max(MAX_ROWS),
  photos: z.array(photoShape).max(MAX_ROWS),
}) satisfies z.ZodType<ResultsForm>;

function readForm(json: string): ResultsForm | undefined {
  try {
    return formShape.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined;
  }
}

export async function postedForm({ req }: Context): Promise<Posted> {
  const sent = await req.formData();
  const textOf = (name: string) => {
    const value = sent.get(name);
    return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
  };
  const count = (name: string) => Math.min(MAX_ROWS, Math.max(0, Math.floor(Number(textOf(name))) || 0));
  const rows = Array.from({ length: count('rows') }, (_, number): ResultRow => {
    const of = (field: string) => textOf(`row-${number}-${field}`);
    return {
      key: of('key'),
      indicator: of('indicator'),
      value: of('value'),
      approximate: of('approximate') !== '',
      method: of('method'),
      item: of('item'),
      evidence: of('evidence'),
    };
  });
  const photos = Array.from({ length: count('photos') }, (_, number) => number)
    .filter((number) => textOf(`photo-${number}-remove`) === '')
    .map((number): PhotoRow => {
      const of = (field: string) => textOf(`photo-${number}-${field}`);
      return { src: of('src'), alt: of('alt'), license: of('license'), caption: of('caption') };
    });
  const step = STEPS.find((one) => one === textOf('step')) ?? 'save';
  const form: ResultsForm = {
    ...formOf({
      state: textOf('state'),
      changeReason: textOf('changeReason'),
      sessions: textOf('sessions'),
      platform: textOf('platform'),
      uploads: textOf('uploads'),
      photoConsent: textOf('photoConsent'),
    }),
    rows: step === 'add' ? [...rows, newRow()] : rows,
    photos,
  };
  return {
    step,
    version: textOf('version'),
    form,
    was: readForm(textOf('was')),
    evidence: textOf('evidence'),
    files: sent.getAll('files').filter((file): file is File => file instanceof File && file.size > 0),
  };
}
