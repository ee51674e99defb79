import { createElement as h, type ReactElement, type ReactNode } from 'react';
import { shapeOf } from '../../../src/model/schema.ts';
import type { ContentType } from '../../../src/model/type.ts';
import { isOmitted, omitDefaults } from '../../documents/omit-defaults.ts';
import type { Group } from './arrange.ts';
import type { Unmet } from './unmet.ts';

interface FoldedGroupProps {
  group: Group;
  type: ContentType;
  data: Readonly<Record<string, unknown>>;
  unmet: readonly Unmet[];
  isOpen: boolean;
  onToggle: () => void;
  children?: ReactNode;
}

/** A group of fields that opens under its name, which says how many of them are filled in and wrong. */
export function FoldedGroup(props: FoldedGroupProps): ReactElement {
  const { group, isOpen, onToggle, children } = props;
  const id = `portal-group-${group.name}`;
  return h(
    'section',
    { className: 'portal-group', 'aria-labelledby': `${id}-name` },
    h(
      'h2',
      null,
      h(
        'button',
        { type: 'button', id: `${id}-name`, 'aria-expanded': isOpen, 'aria-controls': id, onClick: onToggle },
        h('span', null, group.label),
        h('small', null, standing(props)),
      ),
    ),
    h('div', { id, hidden: !isOpen }, children),
  );
}

function standing({ group, type, data, unmet }: FoldedGroupProps): string {
  const wrong = unmet.filter(({ name }) => group.fields.includes(name)).length;
  if (wrong > 0) return `${wrong} 项要改`;
  const shape = shapeOf(type.schema);
  const filled = group.fields.filter((name) => {
    const value = omitDefaults(shape[name], data[name]);
    return name in shape && !isOmitted(shape[name], value) && !(Array.isArray(value) && value.length === 0);
  }).length;
  return filled > 0 ? `已填 ${filled} 项` : '';
}
