import { button, element, openDialog } from '../../dialogs/dialog.ts';

/** A small form in a dialog: a pop-up for a link, a formula, a note. Escape closes it; the focus goes back to the text. */

export interface Question {
  name: string;
  label: string;
  hint?: string;
  value: string;
  isLong?: boolean;
}

interface Options {
  title: string;
  questions: readonly Question[];
  /** Label of the button that takes the answers. */
  done: string;
  /** Other buttons: label → what is done. */
  others?: Readonly<Record<string, () => void>>;
  /** Shown below the questions and drawn again after each change. */
  draw?: (answers: Readonly<Record<string, string>>, place: HTMLElement) => void;
  /** What is wrong: name of the question → sentence. */
  check?: (answers: Readonly<Record<string, string>>) => Record<string, string>;
  submit: (answers: Readonly<Record<string, string>>) => void;
  /** Called when the dialog is closed in any way. */
  closed: () => void;
}

/** Opens the form; nothing happens until every answer passes `check`. */
export function ask({ title, questions, done, others = {}, draw, check, submit, closed }: Options): void {
  const answers: Record<string, string> = Object.fromEntries(
    questions.map(({ name, value }) => [name, value]),
  );
  const form = element('form', '', 'portal-block-form');
  form.noValidate = true;
  const drawn = element('div', '', 'portal-drawn');
  drawn.setAttribute('aria-live', 'polite');
  const rows = questions.map((question) => {
    const row = rowOf(question, (value) => {
      answers[question.name] = value;
      draw?.(answers, drawn);
    });
    form.append(row.row);
    return row;
  });
  if (draw) {
    form.append(drawn);
    draw(answers, drawn);
  }
  const foot = element('div', '', 'portal-buttons');
  for (const [label, run] of Object.entries(others))
    foot.append(
      button(
        label,
        () => {
          dialog.close();
          run();
        },
        'plain',
      ),
    );
  foot.append(
    button('取消', () => dialog.close(), 'plain'),
    button(done, undefined, 'main'),
  );
  form.append(foot);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const faults = check?.(answers) ?? {};
    for (const row of rows) row.tell(faults[row.name] ?? '');
    const wrong = rows.find(({ name }) => faults[name]);
    if (wrong) {
      wrong.control.focus();
      return;
    }
    dialog.close();
    submit(answers);
  });
  const dialog = openDialog(title, 'portal-ask', form);
  dialog.addEventListener('close', closed);
  const [first] = rows;
  first?.control.focus();
  first?.control.select();
}

function rowOf({ name, label, hint = '', value, isLong }: Question, onChange: (value: string) => void) {
  const row = element('div', '', 'portal-field');
  const id = `portal-ask-${name}`;
  const text = element('label', label);
  text.htmlFor = id;
  const control = isLong ? element('textarea') : element('input');
  control.id = id;
  control.value = value;
  control.addEventListener('input', () => onChange(control.value));
  const hinted = element('p', hint, 'portal-hint');
  hinted.id = `${id}-hint`;
  hinted.hidden = hint === '';
  const problem = element('p', '', 'portal-problem');
  problem.id = `${id}-problem`;
  problem.setAttribute('role', 'alert');
  control.setAttribute('aria-describedby', `${hinted.id} ${problem.id}`);
  row.append(text, hinted, control, problem);
  const tell = (sentence: string) => {
    problem.textContent = sentence;
    control.setAttribute('aria-invalid', String(sentence !== ''));
  };
  return { name, row, control, tell };
}
