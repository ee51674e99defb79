import type { Problem } from '../../../src/model/problems.ts';
import { api } from '../client/api.ts';
import { REFUSED_SAVE } from '../client/events.ts';
import { showProblems } from '../dialogs/dialog.ts';
import { fileOf } from './form-file.ts';
import { currentDraft } from './store.ts';

/**
 * Decap refuses a form for the errors of its fields before the server has seen the text. The server is asked all the same,
 * so that a telephone number or a wrong word is told together with them and not after them.
 */

/** The label in a message: `「标题」超过 60 个字`, `车辆里的「名称」不能为空`. */
const labelIn = (message: string) => /「[^」]*」/.exec(message)?.[0] ?? '';

/** What the server found that no message of the form has told already. */
export function untold(found: readonly Problem[], messages: readonly string[]): Problem[] {
  const told = new Set(messages.map(labelIn));
  // Empty fields are the form's own affair: it knows which of them are filled in while saving.
  return found.filter(({ field, message }) => message !== '不能为空' && !told.has(labelIn(field ?? '')));
}

/** The messages of the form as problems. */
const asProblem = (message: string): Problem => {
  const label = labelIn(message);
  const field = label && message.slice(0, message.indexOf(label) + label.length);
  return {
    severity: 'error',
    file: '',
    field: field || undefined,
    message: message.slice(field.length),
  };
};

async function showAll(messages: readonly string[]): Promise<void> {
  const { path, text } = fileOf(currentDraft().entry);
  const { problems } = await api.problems(path, text);
  const others = untold(problems, messages);
  if (others.length > 0) showProblems('没有保存：请先改好下面几处', [...messages.map(asProblem), ...others]);
}

/** Shows everything wrong with a form that was not saved, when there is more than the form itself says. */
export function watchRefusedSaves(): void {
  window.addEventListener(REFUSED_SAVE, (event) => {
    // Decap has told its own messages: without an answer there is nothing to add.
    void showAll((event as CustomEvent<string[]>).detail).catch(() => {});
  });
}
