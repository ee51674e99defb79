import type { Context } from 'hono';
import { SheetRefusal } from '../../../../sheets/reading.ts';
import { Refused } from '../../../services/refused.ts';
import type { Signed } from '../../access.ts';
import type { FirstRunParts } from './parts.ts';
import type { Typed } from './pages.ts';
import { stepAfter } from './steps.ts';

/** What the forms of the assistant post, and how a step is taken. */

export type Form = Record<string, string | File | (string | File)[]>;

export const formOf = ({ req }: Context): Promise<Form> => req.parseBody({ all: true });

export const textOf = (form: Form, name: string): string => {
  const value = form[name];
  return typeof value === 'string' ? value.trim() : '';
};

export const textsOf = (form: Form, name: string): string[] =>
  [form[name] ?? []].flat().filter((value) => typeof value === 'string');

/** Every field of a form as text, to show it again. */
export const typed = (form: Form): Record<string, string> =>
  Object.fromEntries(
    Object.entries(form).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value]] : [[name, textsOf(form, name).join(',')]],
    ),
  );

/** Why a step was refused, in terms of its form. */
const sentenceOf = (error: Refused): string =>
  error.problems.length > 0
    ? error.problems
        .filter(({ severity }) => severity === 'error')
        .map(({ field = '', message }) => `${field}${message}`)
        .join('；')
    : error.message;

/** Does what a step's form asks for, and goes on to the next; a refusal shows the form again. */
export async function takeStep(
  { audit }: Pick<FirstRunParts, 'audit'>,
  context: Context<Signed>,
  path: string,
  work: () => Promise<string | undefined>,
  again: (typed: Typed) => Response | Promise<Response>,
): Promise<Response> {
  try {
    const partly = await work();
    audit.write({ person: context.get('person'), action: 'settings', target: `开站向导：${path}` });
    if (partly) return again({ problem: partly });
    const next = stepAfter(path);
    return context.redirect(`../${next ? `${next.path}/` : ''}?done=1`, 303);
  } catch (error) {
    if (error instanceof Refused) return again({ problem: sentenceOf(error) });
    if (error instanceof SheetRefusal) return again({ problem: error.message });
    throw error;
  }
}
