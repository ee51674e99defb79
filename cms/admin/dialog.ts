import type { Problem } from '../../src/model/problems.ts';

/** A list of problems that stays until it is closed; Decap's own messages are gone after eight seconds. */

function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text = '', className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/**
 * Shows problems above everything else.
 *
 * @param draft what the editor wrote, offered as a download so that it cannot get lost
 */
export function showProblems(
  title: string,
  problems: readonly Problem[],
  draft?: { name: string; text: string },
): void {
  document.querySelector('dialog.portal-problems')?.remove();
  const dialog = element('dialog', '', 'portal-problems');
  dialog.append(element('h2', title));
  if (problems.length > 0) {
    const list = element('ul');
    for (const { severity, line, field, message } of problems) {
      const item = element('li', '', severity);
      if (field) item.append(element('strong', field));
      if (line !== undefined) item.append(element('small', `第 ${line} 行 `));
      item.append(message);
      list.append(item);
    }
    dialog.append(list);
  }
  const buttons = element('form', '', 'portal-buttons');
  buttons.method = 'dialog';
  if (draft) {
    const save = element('a', '把我写的存成文件');
    save.href = URL.createObjectURL(new Blob([draft.text], { type: 'text/plain' }));
    save.download = draft.name;
    buttons.append(save);
  }
  buttons.append(element('button', '知道了'));
  dialog.append(buttons);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
