import type { List, Map as ImmutableMap } from 'immutable';
import {
  createElement as h,
  type ReactElement,
  type ReactNode,
  startTransition,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { typeNamed } from '../../../src/types/index.ts';
import type { ContentType } from '../../../src/model/type.ts';
import { arrange, isShown } from './arrange.ts';
import { FoldedGroup } from './folded-group.ts';
import { NeedsGroup } from './needs-group.ts';
import { useOpenGroups } from './open-groups.ts';
import { PageBar, PreviewButton, type PreviewPane } from './page-bar.ts';
import { unmetFields } from './unmet.ts';
import { useIsWide } from './wide.ts';

/**
 * The page that an entry is written on: title, then body, in one column; beside it the review and what publishing needs,
 * then the other fields folded by purpose. On a narrow screen these stand below, with a bar that leads to them.
 */

type Draft = ImmutableMap<string, unknown>;

/** Decap's control of one field, as its form makes it. */
type Control = ReactElement<{ field: Draft }>;

/** Errors of the form by the id of a control, `claim-field-12`. */
type FieldsErrors = ImmutableMap<string, readonly { parentIds?: readonly string[] }[]>;

export interface EntryPageProps {
  collection: Draft;
  entry: Draft;
  fieldsErrors?: FieldsErrors;
  /** Absent where there is no preview. */
  preview?: PreviewPane;
  controls: List<Control>;
}

/** The form of an entry; lists and settings stay as Decap has them. */
export function EntryPage(props: EntryPageProps): ReactElement {
  const type = typeNamed(props.collection.get('name'));
  return type
    ? h(TypedPage, { ...props, type })
    : h(
        'div',
        { className: 'portal-plain-form' },
        props.preview && h('div', { className: 'portal-bar' }, h(PreviewButton, { preview: props.preview })),
        [...props.controls],
      );
}

function TypedPage({
  entry,
  fieldsErrors,
  preview,
  controls,
  type,
}: EntryPageProps & { type: ContentType }): ReactElement {
  const root = useRef<HTMLDivElement>(null);
  const isWide = useIsWide(root);
  const isReady = useAfterFirstPaint();
  const [open, toggle] = useOpenGroups();
  const byName = new Map([...controls].map((control) => [String(control.props.field.get('name')), control]));
  const names = [...byName.keys()].join();
  const { title, body, review, groups } = useMemo(() => arrange(type, names.split(',')), [type, names]);
  const saved = entry.get('data');
  const data = useMemo(
    () => ((saved as Draft | undefined)?.toJS() ?? {}) as Record<string, unknown>,
    [saved],
  );
  const unmet = useMemo(() => unmetFields(type, data), [type, data]);

  const place = (name: string): ReactNode =>
    h(
      'div',
      {
        key: name,
        className: 'portal-place',
        'data-field': name,
        hidden: !isShown(type, name, data) && !hasErrors(fieldsErrors, name),
      },
      byName.get(name),
    );
  const folded = groups.map((group) =>
    group.name === 'needs'
      ? h(NeedsGroup, { key: group.name, unmet }, group.fields.map(place))
      : h(
          FoldedGroup,
          {
            key: group.name,
            group,
            data,
            type,
            unmet,
            isOpen: open.has(group.name),
            onToggle: () => toggle(group.name),
          },
          group.fields.map(place),
        ),
  );
  const bar = h(PageBar, { unmet, preview, isWide });
  return h(
    'div',
    {
      ref: root,
      className: 'portal-entry',
      'data-wide': isWide || undefined,
      'data-ready': isReady || undefined,
    },
    !isWide && bar,
    h(
      'div',
      { className: 'portal-main' },
      h('div', { className: 'portal-title' }, place(title)),
      body && h('div', { className: 'portal-writing' }, place(body)),
      !body && isReady && folded,
    ),
    h(
      'section',
      { className: 'portal-aside', 'aria-label': '发布和其他' },
      isWide && bar,
      isReady && byName.has(review) && place(review),
      body && isReady && folded,
    ),
  );
}

/** Whether a field, or something within it, has been refused: then it is shown whatever the kind of the entry. */
const hasErrors = (errors: FieldsErrors | undefined, name: string): boolean =>
  errors?.some((ofControl, id) =>
    [id, ...ofControl.flatMap(({ parentIds = [] }) => parentIds)].some((one) =>
      one.startsWith(`${name}-field-`),
    ),
  ) ?? false;

/** False for the first rendering: title and body appear before the many fields beside them are made. */
function useAfterFirstPaint(): boolean {
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => startTransition(() => setReady(true)));
    return () => clearTimeout(timer);
  }, []);
  return isReady;
}
