import { createElement as h, type ReactElement, useEffect, useRef, useState } from 'react';
import type { ContentType } from '../../../src/model/type.ts';
import { api } from '../client/api.ts';
import { morphChildren } from './morph.ts';

/** The preview of a draft as a whole page, rendered by the server with the site's templates. */

const DEBOUNCE_MS = 150;
/** The server is not ready to render. */
const RETRY_MS = 2000;
/** The server is unreachable, or the session has expired. */
const ERROR_RETRY_MS = 10_000;

/** `waiting`: no response yet; `none`: there is no page, so the preview shows the fields and the body. */
export type Page = { state: 'waiting' | 'none'; html?: never } | { state: 'drawn'; html: string };

/**
 * Requests the page after each change, debounced, one request at a time; the last page stays until there is a newer one.
 *
 * @param text the file as it would be saved
 */
export function usePage(type: Pick<ContentType, 'name'>, slug: string, text: string): Page {
  const [page, setPage] = useState<Page>({ state: 'waiting' });
  const latestText = useRef(text);
  const requestSoon = useRef(() => {});
  latestText.current = text;

  useEffect(() => {
    let isOpen = true;
    let isBusy = false;
    let timer: ReturnType<typeof setTimeout>;
    const schedule = (delay: number) => {
      clearTimeout(timer);
      timer = setTimeout(request, delay);
    };
    const request = async () => {
      const requestedText = latestText.current;
      isBusy = true;
      const answer = await api.preview(type.name, slug, requestedText).catch(() => undefined);
      const drawn = answer ?? { html: undefined, isLater: true };
      isBusy = false;
      if (!isOpen) return;
      if (drawn.html !== undefined) setPage({ state: 'drawn', html: drawn.html });
      else setPage((current) => (drawn.isLater && current.state === 'drawn' ? current : { state: 'none' }));
      if (latestText.current !== requestedText) schedule(DEBOUNCE_MS);
      else if (drawn.isLater) schedule(answer ? RETRY_MS : ERROR_RETRY_MS);
    };
    requestSoon.current = () => {
      if (!isBusy) schedule(DEBOUNCE_MS);
    };
    requestSoon.current();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, [type, slug]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: runs after each change of the text
  useEffect(() => requestSoon.current(), [text]);
  return page;
}

/**
 * A page in the preview's iframe, without its scripts (the CSP forbids them as well). Unchanged nodes are kept, so that
 * nothing flickers while typing.
 *
 * @param pictureUrl URL of a picture that is not on the site yet
 */
export function PageView({
  html,
  pictureUrl,
}: {
  html: string;
  pictureUrl: (address: string) => string;
}): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pictureUrl` is a new function at each render with the same results
  useEffect(() => {
    if (!place.current) return;
    const page = new DOMParser().parseFromString(html, 'text/html');
    for (const script of page.querySelectorAll('script')) script.remove();
    for (const image of page.images) {
      const address = image.getAttribute('src') ?? '';
      const url = pictureUrl(address);
      if (url.startsWith('blob:')) image.setAttribute('src', url);
    }
    morphChildren(place.current, [
      ...page.head.querySelectorAll('style, link[rel="stylesheet"]'),
      ...page.body.childNodes,
    ]);
  }, [html]);
  return h('div', { ref: place, className: 'portal-page' });
}
