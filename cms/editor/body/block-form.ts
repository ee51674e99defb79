import { attributeProblems, attributeValues } from '../../../src/body/source/attributes.ts';
import { writeTag } from '../../../src/body/source/tags.ts';
import type { Block } from '../../../src/model/block.ts';
import type { FieldMeta } from '../../../src/model/fields.ts';
import { isOptional, metaOf, shapeOf } from '../../../src/model/schema.ts';
import type { FoundBlock } from './find-block.ts';
import { button, element, openDialog } from '../dialogs/dialog.ts';
import { uploadPicker } from '../media/upload-picker.ts';

/** The form of a block, derived from the block's schema. It inserts nothing until every field is valid. */

type Values = Record<string, string>;

/**
 * Opens the form of a new block.
 *
 * @param selected text selected in the body; becomes the block's children, or the first attribute of an inline block
 * @param insert takes the block's MDX
 */
export function openNewBlockForm(block: Block, selected: string, insert: (mdx: string) => void): void {
  const [first = ''] = Object.keys(shapeOf(block.schema));
  const initial: Values = block.children || block.placement === 'block' ? {} : { [first]: selected };
  openForm({
    block,
    title: `插入${block.label}`,
    initial,
    ...(block.children ? { children: selected } : {}),
    isNew: true,
    onSubmit: (values, children) => insert(blockMdx(block, values, children)),
  });
}

/**
 * Opens the form of an existing block.
 *
 * @param replace takes the new opening tag; not called when nothing was changed
 */
export function openBlockForm({ block, tag }: FoundBlock, replace: (openingTag: string) => void): void {
  const before = attributeValues(tag.attributes);
  openForm({
    block,
    title: `修改${block.label}`,
    initial: before,
    isNew: false,
    onSubmit: (values) => {
      const names = Object.keys(shapeOf(block.schema));
      if (names.every((name) => (values[name] ?? '') === (before[name] ?? ''))) return;
      const kept = tag.attributes.map(({ name, value }) => ({
        name,
        value: names.includes(name) ? values[name] : value,
      }));
      const added = names
        .filter((name) => !tag.attributes.some((one) => one.name === name))
        .map((name) => ({ name, value: values[name] }));
      const attributes = [...kept, ...added].filter(({ value }) => value !== undefined && value !== '');
      replace(writeTag({ ...tag, attributes }));
    },
  });
}

/** Opens the form of a block's attributes alone; `onClose` runs however it is closed. */
export function openAttributesForm(options: Omit<FormOptions, 'children'>): void {
  openForm(options);
}

/** MDX of a new block; empty attributes are left out. */
function blockMdx({ name, schema, children: hasChildren }: Block, values: Values, children: string): string {
  const attributes = Object.keys(shapeOf(schema))
    .map((key) => ({ name: key, value: values[key] ?? '' }))
    .filter(({ value }) => value !== '');
  const tag = { start: 0, end: 0, name, attributes };
  if (!hasChildren) return writeTag({ ...tag, kind: 'void' });
  return `${writeTag({ ...tag, kind: 'open' })}\n\n${children.trim()}\n\n</${name}>`;
}

interface FormOptions {
  block: Block;
  title: string;
  initial: Values;
  /** Markdown between the tags; undefined when the form has no field for it. */
  children?: string;
  isNew: boolean;
  onSubmit: (values: Values, children: string) => void;
  onClose?: () => void;
}

function openForm({
  block,
  title,
  initial,
  children: initialChildren,
  isNew,
  onSubmit,
  onClose,
}: FormOptions): void {
  const values: Values = { ...initial };
  const form = element('form', '', 'portal-block-form');
  form.noValidate = true;
  const rows = new Map<string, Row>();
  const add = (name: string, row: Row) => {
    rows.set(name, row);
    form.append(row.row);
  };
  for (const [name, schema] of Object.entries(shapeOf(block.schema))) {
    const meta = metaOf(schema);
    if (!meta) continue;
    if (isNew && meta.widget === 'select') values[name] ??= String(meta.initial ?? '');
    const isRequired = !isOptional(schema) || (isNew && meta.asked === true);
    add(
      name,
      fieldRow({ name, meta, isRequired, value: values[name] ?? '' }, (value) => (values[name] = value)),
    );
  }
  let children = initialChildren ?? '';
  if (initialChildren !== undefined) {
    const meta: FieldMeta = {
      label: '里面的内容',
      hint: `${block.description}用 Markdown 写。`,
      widget: 'text',
    };
    const row = fieldRow(
      { name: CHILDREN, meta, isRequired: true, value: initialChildren },
      (value) => (children = value),
    );
    row.control.setAttribute('placeholder', childrenOfExample(block));
    add(CHILDREN, row);
  }
  if (rows.size === 0) form.append(element('p', '这个内容块没有要填的，直接在正文里改里面的文字。'));

  const foot = element('div', '', 'portal-buttons');
  foot.append(
    button('取消', () => dialog.close(), 'plain'),
    button(isNew ? '插入' : '改好了'),
  );
  form.append(foot);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const filled = Object.fromEntries(
      Object.entries(values).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : [])),
    );
    const problems = attributeProblems(block, filled);
    for (const [name, { isRequired, label }] of rows) {
      const value = name === CHILDREN ? children : filled[name];
      if (isRequired && !value?.trim()) problems.set(name, `请填写「${label}」`);
    }
    for (const [name, row] of rows) row.showProblem(problems.get(name) ?? '');
    const wrong = [...rows].find(([name]) => problems.has(name))?.[1];
    if (wrong) {
      wrong.control.focus();
      return;
    }
    dialog.close();
    onSubmit(filled, children);
  });
  const dialog = openDialog(title, 'portal-block', element('p', block.description, 'portal-hint'), form);
  if (onClose) dialog.addEventListener('close', onClose);
  [...rows.values()][0]?.control.focus();
}

const CHILDREN = 'children';

const childrenOfExample = ({ example }: Block): string =>
  (/^<[^>]*>([\s\S]*)<\/\w+>\s*$/.exec(example.trim())?.[1] ?? '').trim();

interface Field {
  name: string;
  meta: FieldMeta;
  isRequired: boolean;
  value: string;
}

interface Row {
  row: HTMLElement;
  /** The element that gets the focus. */
  control: HTMLElement;
  isRequired: boolean;
  label: string;
  /** Shows a problem below the control; an empty string clears it. */
  showProblem: (problem: string) => void;
}

function fieldRow({ name, meta, isRequired, value }: Field, onChange: (value: string) => void): Row {
  const row = element('div', '', 'portal-field');
  const id = `portal-field-${name}`;
  const label = element('label', meta.label);
  label.append(element('small', isRequired ? '必填' : '可以不填', 'portal-need'));
  const hint = element('p', meta.hint ?? '', 'portal-hint');
  hint.id = `${id}-hint`;
  const problem = element('p', '', 'portal-problem');
  problem.id = `${id}-problem`;
  problem.setAttribute('role', 'alert');

  const { whole, control } = controlOf(meta, value, onChange);
  if (whole === control) {
    control.id = id;
    label.htmlFor = id;
  } else {
    label.id = id;
    whole.role = 'group';
    whole.setAttribute('aria-labelledby', id);
  }
  control.setAttribute('aria-describedby', `${hint.id} ${problem.id}`);
  if (isRequired && control instanceof HTMLInputElement) control.required = true;
  row.append(label, hint, whole, problem);
  hint.hidden = !meta.hint;
  const showProblem = (text: string) => {
    problem.textContent = text;
    control.setAttribute('aria-invalid', String(text !== ''));
  };
  return { row, control, isRequired, label: meta.label, showProblem };
}

/** The control of a field, and the element of it that gets the focus. */
function controlOf(meta: FieldMeta, value: string, onChange: (value: string) => void) {
  if (meta.widget === 'image' || meta.widget === 'file') {
    const whole = uploadPicker({ label: meta.label, kind: meta.widget, value, onChange });
    return { whole, control: whole.querySelector('button') as HTMLElement };
  }
  if (meta.widget === 'select') {
    const control = element('select');
    for (const [option, text] of Object.entries(meta.options ?? {}))
      control.append(new Option(text, option, false, option === value));
    control.addEventListener('change', () => onChange(control.value));
    return { whole: control, control };
  }
  const control: HTMLInputElement | HTMLTextAreaElement = isLong(meta)
    ? element('textarea')
    : element('input');
  control.value = value;
  control.addEventListener('input', () =>
    onChange(control.value.replace(/\s*\n\s*/g, keepsLines(meta) ? '$&' : ' ')),
  );
  if (!keepsLines(meta))
    (control as HTMLElement).addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      control.form?.requestSubmit();
    });
  return { whole: control, control };
}

const keepsLines = ({ widget }: FieldMeta) => widget === 'text';

/** Whether the text may be longer than one line. */
const isLong = (meta: FieldMeta) => keepsLines(meta) || (meta.max ?? 0) > 120;
