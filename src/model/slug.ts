/** A file's name and the last part of its address. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
