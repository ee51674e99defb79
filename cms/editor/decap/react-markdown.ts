import { createElement as h, Fragment } from 'react';

/**
 * Replaces `react-markdown`, with which Decap renders the hint below a field. Hints here are plain text, in which `<30℃` and
 * `*` are no Markdown; with `remark-gfm` it brings 47 packages.
 */
export default function Hint({ children }: { children?: string }) {
  return h(Fragment, null, children);
}
