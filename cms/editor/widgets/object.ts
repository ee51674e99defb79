import type { Map as ImmutableMap } from 'immutable';
import type { ComponentType } from 'react';
import { isBlank } from './is-blank.ts';

interface Widget {
  validate: () => void;
  props: {
    field: { get: (name: string, fallback?: unknown) => unknown };
    value: unknown;
    forID: string;
    forList?: boolean;
    fieldsErrors?: ImmutableMap<string, { parentIds?: readonly string[] }[]>;
    onValidateObject: (id: string, faults: readonly unknown[]) => void;
  };
}

/**
 * Decap's object control, except that an optional group which nobody filled in is not asked for its required fields.
 * https://github.com/decaporg/decap-cms/issues/2103
 */
export function withOptionalObject(control: unknown): ComponentType {
  const Base = control as new (props: unknown) => Widget;
  class GroupControl extends Base {
    constructor(props: unknown) {
      super(props);
      const validateFields = this.validate;
      this.validate = () => {
        const { field, value, forList } = this.props;
        if (!forList && field.get('required', true) === false && isBlank(value)) clearFieldErrors(this.props);
        else validateFields();
      };
    }
  }
  return GroupControl as unknown as ComponentType;
}

/** What a group lacked before it was emptied again would stand in the way of every save. */
function clearFieldErrors({ fieldsErrors, forID, onValidateObject }: Widget['props']): void {
  for (const [id, faults] of fieldsErrors ?? [])
    if (faults.some(({ parentIds }) => parentIds?.includes(forID))) onValidateObject(id, []);
}
