import { createElement as h, type ReactElement, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { CLOSE_PREVIEW, previewCoversForm } from '../layout/panes.ts';

/** The switch of the preview's width and mode above it, and a button that closes it. */

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
  return createPortal(
    h(
      'div',
      { className: 'portal-views' },
      h('div', { className: 'portal-modes', role: 'group', 'aria-label': '预览的样子' }, buttons),
      h(CloseButton, { frameDocument }),
    ),
    pane,
  );
}

/** On a phone the preview covers the form; 关闭预览 or Esc return to it. */
function CloseButton({ frameDocument }: { frameDocument: Document }): ReactElement {
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (previewCoversForm()) button.current?.focus();
    const onKey = ({ key }: KeyboardEvent) => {
      if (key === 'Escape' && previewCoversForm()) close();
    };
    document.addEventListener('keydown', onKey);
    frameDocument.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
      frameDocument.removeEventListener('keydown', onKey);
    };
  }, [frameDocument]);

  return h(
    'button',
    { ref: button, type: 'button', className: 'portal-preview-close', onClick: close },
    '关闭预览',
  );
}

const close = () => window.dispatchEvent(new CustomEvent(CLOSE_PREVIEW));
