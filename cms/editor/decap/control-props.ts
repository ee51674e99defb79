import type { Map as ImmutableMap } from 'immutable';

/** What Decap gives to a widget's control; only what is used here. */
export interface ControlProps<Value = unknown> {
  value: Value | undefined;
  onChange: (value: Value) => void;
  field: ImmutableMap<string, unknown>;
  forID: string;
  classNameWrapper: string;
  setActiveStyle: () => void;
  setInactiveStyle: () => void;
  /** The draft as it is now. */
  getEntry: () => ImmutableMap<string, unknown>;
  t: (key: string, values?: Record<string, unknown>) => string;
}

/** What `isValid` of a control returns. */
export type Validity = { error: false } | { error: { type: string; message: string } };

export const valid: Validity = { error: false };
export const invalid = (message: string): Validity => ({ error: { type: 'PATTERN', message } });
