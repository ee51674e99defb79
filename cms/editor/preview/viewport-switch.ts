import { createElement as h, Fragment, type ReactElement, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

/** How wide the preview is and for whom: a switch above it, and on a phone a button that opens it full screen. */

/** 手机 is 360 px wide, as old phones are; 电脑 is made smaller to fit the pane; 大字 is the site's elder mode. */
const VIEWS = { phone: '手机', desktop: '电脑', elder: '大字' } as const;

type View = keyof typeof VIEWS;

const VIEW_KEY = 'portal.preview-view';
const DESKTOP_WIDTH_PX = 1100;

const remembered = (): View => {
  const kept = localStorage.getItem(VIEW_KEY) ?? '';
  return kept in VIEWS ? (kept as View) : 'phone';
};

/**
 * The switch, drawn into the pane around the preview's frame.
 *
 * @param document the frame's document
 */
export function ViewportSwitch({ document: shown }: { document: Document }): ReactElement | null {
  const [view, setView] = useState(remembered);
  const frame = shown.defaultView?.frameElement as HTMLElement | null | undefined;
  const pane = frame?.parentElement;

  useEffect(() => {
    if (!frame || !pane) return undefined;
    frame.dataset.view = view;
    if (view === 'elder') shown.documentElement.dataset.mode = 'elder';
    else delete shown.documentElement.dataset.mode;
    const fit = new ResizeObserver(() =>
      frame.style.setProperty('--scale', String(Math.min(1, pane.clientWidth / DESKTOP_WIDTH_PX) || 1)),
    );
    frame.style.setProperty('--desktop', `${DESKTOP_WIDTH_PX}px`);
    fit.observe(pane);
    return () => fit.disconnect();
  }, [view, frame, pane, shown]);

  if (!pane) return null;
  const choose = (chosen: View) => {
    localStorage.setItem(VIEW_KEY, chosen);
    setView(chosen);
  };
  const buttons = (Object.keys(VIEWS) as View[]).map((name) =>
    h(
      'button',
      { key: name, type: 'button', 'aria-pressed': view === name, onClick: () => choose(name) },
      VIEWS[name],
    ),
  );
  return h(
    Fragment,
    null,
    createPortal(
      h(
        'div',
        { className: 'portal-views' },
        h('div', { className: 'portal-modes', role: 'group', 'aria-label': '预览的样子' }, buttons),
        h(FullScreen, { shown }),
      ),
      pane,
    ),
  );
}

/** On a phone the pane is hidden until it is asked for; 关闭预览 or Esc lead back to the form. */
function FullScreen({ shown }: { shown: Document }): ReactElement {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const closer = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) return undefined;
    const back = opener.current;
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape') setOpen(false);
    };
    document.documentElement.dataset.preview = 'open';
    closer.current?.focus();
    document.addEventListener('keydown', onKey);
    shown.addEventListener('keydown', onKey);
    return () => {
      delete document.documentElement.dataset.preview;
      document.removeEventListener('keydown', onKey);
      shown.removeEventListener('keydown', onKey);
      back?.focus();
    };
  }, [open, shown]);

  const close = h(
    'button',
    { ref: closer, type: 'button', className: 'portal-preview-close', onClick: () => setOpen(false) },
    '关闭预览',
  );
  const openButton = h(
    'button',
    { ref: opener, type: 'button', className: 'portal-preview-open', onClick: () => setOpen(true) },
    '预览',
  );
  return h(Fragment, null, close, createPortal(openButton, document.body));
}
