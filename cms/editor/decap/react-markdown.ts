import { createElement as h, Fragment } from 'react';

/**
 * Stands in for `react-markdown`, in which Decap shows the hint below a field: hints here are plain sentences, in which
 * `<30℃` and `*` mean themselves, and with `remark-gfm` it brings 47 packages.
 */
export default function Hint({ children }: { children?: string }) {
  return h(Fragment, null, children);
}
