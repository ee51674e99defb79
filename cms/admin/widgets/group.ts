import type { ComponentType } from 'react';
import { isBlank } from './blank.ts';

interface Widget {
  validate: () => void;
  props: { field: { get: (name: string, fallback?: unknown) => unknown }; value: unknown; forList?: boolean };
}

/**
 * Decap's object control, except that an optional group which nobody filled in is not asked for its required fields.
 * https://github.com/decaporg/decap-cms/issues/2103
 */
export function optionalGroup(control: unknown): ComponentType {
  const Base = control as new (props: unknown) => Widget;
  class GroupControl extends Base {
    constructor(props: unknown) {
      super(props);
      const validateFields = this.validate;
      this.validate = () => {
        const { field, value, forList } = this.props;
        if (!forList && field.get('required', true) === false && isBlank(value)) return;
        validateFields();
      };
    }
  }
  return GroupControl as unknown as ComponentType;
}
