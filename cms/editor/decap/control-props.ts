import type { Map as ImmutableMap } from 'immutable';

/** Props that Decap passes to a widget's control, as far as they are used here. */
export interface ControlProps<Value = unknown> {
  value: Value | undefined;
  onChange: (value: Value) => void;
  field: ImmutableMap<string, unknown>;
  forID: string;
  classNameWrapper: string;
  setActiveStyle: () => void;
  setInactiveStyle: () => void;
  /** The current draft. */
  getEntry: () => ImmutableMap<string, unknown>;
  t: (key: string, values?: Record<string, unknown>) => string;
}

/** Return value of a control's `isValid`: https://decapcms.org/docs/custom-widgets/ */
export type Validity = { error: false } | { error: { type: string; message: string } };

export const valid: Validity = { error: false };
export const invalid = (message: string): Validity => ({ error: { type: 'PATTERN', message } });
