import { createElement as h, type ReactElement, type ReactNode } from 'react';
import { FIELD_GROUPS } from '../../../src/model/arrangement.ts';
import { revealField } from './reveal.ts';
import type { Unmet } from './unmet.ts';

/** Id of the group, for the bar that leads to it. */
export const NEEDS_ID = 'portal-needs';

/** The fields that publishing needs, always open, below a list of those that are missing; each leads to its field. */
export function NeedsGroup({
  unmet,
  children,
}: {
  unmet: readonly Unmet[];
  children?: ReactNode;
}): ReactElement {
  return h(
    'section',
    { className: 'portal-group portal-needs', id: NEEDS_ID, 'aria-labelledby': `${NEEDS_ID}-name` },
    h('h2', { id: `${NEEDS_ID}-name` }, FIELD_GROUPS.needs),
    unmet.length > 0 &&
      h(
        'ul',
        { className: 'portal-unmet', 'aria-label': '还没有填好的' },
        unmet.map(({ name, label, problem }) =>
          h(
            'li',
            { key: name },
            h(
              'button',
              { type: 'button', onClick: () => revealField(name) },
              label,
              problem && h('small', null, problem),
            ),
          ),
        ),
      ),
    children,
  );
}
