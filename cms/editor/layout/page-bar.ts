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
  const previewButton = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (!preview?.isOpen) return undefined;
    const close = () => {
      preview.toggle();
      previewButton.current?.focus();
    };
    window.addEventListener(CLOSE_PREVIEW, close);
    return () => window.removeEventListener(CLOSE_PREVIEW, close);
  }, [preview]);
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
    preview &&
      h(
        'button',
        {
          ref: previewButton,
          type: 'button',
          className: 'portal-plain portal-preview-open',
          'aria-pressed': preview.isOpen,
          onClick: preview.toggle,
        },
        '预览',
      ),
  );
}
