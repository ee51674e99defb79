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
    onValidateObject: (id: string, errors: readonly unknown[]) => void;
  };
}

/**
 * Decap's object control, which validates the required fields of an optional object only once one of them is filled in.
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

/** Errors from before the object was emptied would prevent every save. */
function clearFieldErrors({ fieldsErrors, forID, onValidateObject }: Widget['props']): void {
  for (const [id, errors] of fieldsErrors ?? [])
    if (errors.some(({ parentIds }) => parentIds?.includes(forID))) onValidateObject(id, []);
}
