/** Whether the preview stands beside the form: closed until an editor opens it, then as it was left. */

const NONE = 'none';

/** On a phone the preview covers the form, so that an entry never opens with it. */
const COVERS_FORM = '(width < 800px)';

export const previewCoversForm = (): boolean => matchMedia(COVERS_FORM).matches;

/**
 * The pane that Decap's editor starts with.
 *
 * @param stored its name from last time, if any
 */
export const initialPane = (stored: string | null): string => (previewCoversForm() ? NONE : (stored ?? NONE));

/** Event of `window` with which the preview of a phone asks to be closed. */
export const CLOSE_PREVIEW = 'portal-close-preview';
