import type { List, Map as ImmutableMap } from 'immutable';
import type { ControlProps } from '../decap/control-props.ts';

/** Props of the body's controls: Decap's rich-text widget needs more than others. */
export interface BodyProps extends ControlProps<string> {
  onOpenMediaLibrary: (options: object) => void;
  onRemoveInsertedMedia: (controlId: string) => void;
  mediaPaths: ImmutableMap<string, string | List<string>>;
  getEditorComponents: () => ImmutableMap<string, { type: string }>;
}
