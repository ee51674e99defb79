import type { Map as ImmutableMap } from 'immutable';
import type { ComponentType } from 'react';
import { referenceTitle } from '../entries/reference-titles.ts';

type Field = ImmutableMap<string, unknown>;

interface ListWidget {
  objectLabel: (item: unknown) => unknown;
  props: { field: Field };
}

/** Decap's list control with labels and titles in collapsed rows in place of stored values and ids. */
export function withReadableRows(control: unknown): ComponentType {
  const Base = control as new (props: unknown) => ListWidget;
  class RowsControl extends Base {
    override objectLabel = (item: unknown) => rowLabel(this.props.field, item);
  }
  return RowsControl as unknown as ComponentType;
}

function rowLabel(list: Field, item: unknown): string {
  const single = list.get('field') as Field | undefined;
  if (single) return displayText(single, item) || EMPTY;
  const fields = [...((list.get('fields') as Iterable<Field> | undefined) ?? [])];
  const data = item as ImmutableMap<string, unknown> | undefined;
  const part = (name: string) => {
    const field = fields.find((candidate) => candidate.get('name') === name);
    return field ? displayText(field, data?.get(name)) : '';
  };
  const template = (list.get('summary') as string | undefined) ?? `{{${fields[0]?.get('name')}}}`;
  const label = template.replace(/\{\{(?:fields\.)?(\w+)\}\}/g, (_, name: string) => part(name));
  return /[\p{L}\p{N}]/u.test(label) ? label.trim() : EMPTY;
}

const EMPTY = '（还没有填写）';

/** A value as text for the editor. */
function displayText(field: Field, value: unknown): string {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'object')
    return [...(value as Iterable<unknown>)].map((one) => displayText(field, one)).join('、');
  const options = field.get('options') as Iterable<Field> | undefined;
  const option = options && [...options].find((candidate) => candidate.get('value') === value);
  if (option) return String(option.get('label'));
  if (field.get('widget') === 'relation')
    return referenceTitle(String(field.get('file') ?? field.get('collection')), String(value));
  if (field.get('widget') === 'boolean') return value ? '是' : '';
  return String(value);
}
