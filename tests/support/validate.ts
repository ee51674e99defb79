import type { ConfigData } from 'html-validate';

/** The rules every built page keeps; a rule that is off says why. */
export const HTML_RULES: ConfigData = {
  root: true,
  extends: ['html-validate:recommended'],
  rules: {
    // Ids made from Chinese headings may begin with a digit (「12381 是什么」): valid since HTML5.
    'valid-id': ['error', { relaxed: true }],
    // Whitespace and quotes are the serialiser's, not ours.
    'no-trailing-whitespace': 'off',
    'attr-quotes': 'off',
    // `<!doctype html>` in lower case is what HTML's own standard writes.
    'doctype-style': 'off',
    'void-style': 'off',
  },
};
