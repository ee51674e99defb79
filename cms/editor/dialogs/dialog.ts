import type { Problem } from '../../../src/model/problems.ts';
import { groupByField, type ProblemGroup } from './problem-groups.ts';

/** Modal dialogs. They stay until they are closed; Decap's notifications disappear after eight seconds. */

/** An element with text and class. */
export function element<Name extends keyof HTMLElementTagNameMap>(name: Name, text = '', className = '') {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A button; without `onClick` it submits its form, which closes a dialog. */
export function button(label: string, onClick?: () => void, className = ''): HTMLButtonElement {
  const made = element('button', label, className);
  made.type = onClick ? 'button' : 'submit';
  if (onClick) made.addEventListener('click', onClick);
  return made;
}

/** A link that saves text as a file. */
export function download(label: string, name: string, text: string): HTMLAnchorElement {
  const link = element('a', label);
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  link.download = name;
  return link;
}

/** Buttons at the foot of a dialog; a submit button closes it. */
export function buttons(...items: HTMLElement[]): HTMLFormElement {
  const form = element('form', '', 'portal-buttons');
  form.method = 'dialog';
  form.append(...items);
  return form;
}

/** Opens a modal dialog and removes an open one of the same class. */
export function openDialog(
  title: string,
  className: string,
  ...parts: (HTMLElement | string)[]
): HTMLDialogElement {
  document.querySelector(`dialog.${className}`)?.remove();
  const dialog = element('dialog', '', `portal-dialog ${className}`);
  const heading = element('h2', title);
  heading.id = `${className}-title`;
  dialog.setAttribute('aria-labelledby', heading.id);
  dialog.append(heading, ...parts);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** A list of problems by field; errors are marked. */
export function problemList(problems: readonly Problem[]): HTMLUListElement {
  const list = element('ul');
  for (const { label, problems: found } of groupByField(problems)) {
    const [first] = found;
    if (found.length === 1 && first) {
      list.append(problemItem(first, label));
      continue;
    }
    const group = element('li', '', 'group');
    const inner = element('ul');
    if (label) group.append(element('strong', label));
    inner.append(...found.map((problem) => problemItem(problem, '')));
    group.append(inner);
    list.append(group);
  }
  return list;
}

function problemItem(
  { severity, line, where, message }: ProblemGroup['problems'][number],
  label: string,
): HTMLLIElement {
  const item = element('li', '', severity);
  if (label || where) item.append(element('strong', label + where));
  if (line !== undefined) item.append(element('small', `第 ${line} 行 `));
  item.append(message);
  return item;
}

/** Shows problems. */
export function showProblems(title: string, problems: readonly Problem[]): void {
  const list = problems.length > 0 ? [problemList(problems)] : [];
  openDialog(title, 'portal-problems', ...list, buttons(button('知道了')));
}

/** Lists problems and asks for confirmation; resolves to true when the editor continues. */
export function confirmProblems(
  title: string,
  problems: readonly Problem[],
  confirmLabel: string,
): Promise<boolean> {
  return new Promise((resolve) => {
    const yes = button(confirmLabel, undefined, 'main');
    yes.value = 'yes';
    const dialog = openDialog(
      title,
      'portal-problems',
      problemList(problems),
      buttons(button('回去改'), yes),
    );
    dialog.addEventListener('close', () => resolve(dialog.returnValue === yes.value));
  });
}

const moment = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  month: 'long',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** `11月23日 22:10` of an ISO 8601 moment, the county's time. */
export const momentText = (at: string): string => moment.format(new Date(at));
