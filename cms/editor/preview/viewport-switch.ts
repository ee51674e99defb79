import { createElement as h, Fragment, type ReactElement, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

/** The switch of the preview's width and mode above it, and on a phone a button that opens the preview full screen. */

/** 手机 is 360 px wide like old phones; 电脑 is scaled down to fit the pane; 大字 is the site's elder mode. */
const VIEWS = { phone: '手机', desktop: '电脑', elder: '大字' } as const;

type View = keyof typeof VIEWS;

const VIEW_KEY = 'portal.preview-view';
const DESKTOP_WIDTH_PX = 1100;

const storedView = (): View => {
  const stored = localStorage.getItem(VIEW_KEY) ?? '';
  return stored in VIEWS ? (stored as View) : 'phone';
};

/**
 * The switch, rendered through a portal into the pane around the preview's iframe.
 *
 * @param document the iframe's document
 */
export function ViewportSwitch({ document: frameDocument }: { document: Document }): ReactElement | null {
  const [view, setView] = useState(storedView);
  const frame = frameDocument.defaultView?.frameElement as HTMLElement | null | undefined;
  const pane = frame?.parentElement;

  useEffect(() => {
    if (!frame || !pane) return undefined;
    frame.dataset.view = view;
    if (view === 'elder') frameDocument.documentElement.dataset.mode = 'elder';
    else delete frameDocument.documentElement.dataset.mode;
    const fit = new ResizeObserver(() =>
      frame.style.setProperty('--scale', String(Math.min(1, pane.clientWidth / DESKTOP_WIDTH_PX) || 1)),
    );
    frame.style.setProperty('--desktop', `${DESKTOP_WIDTH_PX}px`);
    fit.observe(pane);
    return () => fit.disconnect();
  }, [view, frame, pane, frameDocument]);

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
        h(FullScreen, { frameDocument }),
      ),
      pane,
    ),
  );
}

/** On a phone the pane is hidden until 预览 is pressed; 关闭预览 or Esc return to the form. */
function FullScreen({ frameDocument }: { frameDocument: Document }): ReactElement {
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
    frameDocument.addEventListener('keydown', onKey);
    return () => {
      delete document.documentElement.dataset.preview;
      document.removeEventListener('keydown', onKey);
      frameDocument.removeEventListener('keydown', onKey);
      back?.focus();
    };
  }, [open, frameDocument]);

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
