import richtext from 'decap-cms-widget-richtext';
import { editorComponents } from '../documents/components.ts';
import CMS from './decap/app.ts';

/** What writing a body needs: its control, the content blocks, Decap's rich text. Loaded apart from lists and login. */

const cms = CMS as unknown as Record<string, (...values: unknown[]) => void>;

cms.registerWidget?.(richtext.Widget());
for (const component of editorComponents()) cms.registerEditorComponent?.(component);

export { BodyControl } from './widgets/body.ts';
