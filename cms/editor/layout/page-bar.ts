import { createElement as h, type ReactElement, useEffect, useRef } from 'react';
import { REVIEW_FIELD } from '../../documents/names.ts';
import { CLOSE_PREVIEW } from './panes.ts';
import { revealField } from './reveal.ts';
import type { Unmet } from './unmet.ts';

/** The preview beside the form, as Decap's editor opens and closes it. */
export interface PreviewPane {
  isOpen: boolean;
  toggle: () => void;
}

interface PageBarProps {
  unmet: readonly Unmet[];
  preview: PreviewPane | undefined;
  isWide: boolean;
}

/** What is still missing, and the way to it; on a narrow screen also to the review, which then stands below the body. */
export function PageBar({ unmet, preview, isWide }: PageBarProps): ReactElement {
  const [first] = unmet;
  return h(
    'div',
    { className: 'portal-bar' },
    first
      ? h(
          'button',
          { type: 'button', className: 'portal-missing', onClick: () => revealField(first.name) },
          `发布前要填 ${unmet.length} 项`,
        )
      : h('p', { className: 'portal-complete' }, '要填的都填了'),
    !isWide &&
      h(
        'button',
        { type: 'button', className: 'portal-plain', onClick: () => revealField(REVIEW_FIELD) },
        '审核和发布',
      ),
    preview && h(PreviewButton, { preview }),
  );
}

/** Opens and closes the preview; closing it by its own button returns the focus to this one. */
export function PreviewButton({ preview }: { preview: PreviewPane }): ReactElement {
  const button = useRef<HTMLButtonElement>(null);
  const { isOpen, toggle } = preview;
  useEffect(() => {
    if (!isOpen) return undefined;
    const close = () => {
      toggle();
      button.current?.focus();
    };
    window.addEventListener(CLOSE_PREVIEW, close);
    return () => window.removeEventListener(CLOSE_PREVIEW, close);
  }, [isOpen, toggle]);
  return h(
    'button',
    {
      ref: button,
      type: 'button',
      className: 'portal-plain portal-preview-open',
      'aria-pressed': isOpen,
      onClick: toggle,
    },
    '预览',
  );
}
