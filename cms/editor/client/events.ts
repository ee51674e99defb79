/** Event of `window` when a form is not saved for the errors of its fields; `detail` has all their messages. */
export const REFUSED_SAVE = 'portal-refused-save';
