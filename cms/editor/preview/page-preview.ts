import { createElement as h, type ReactElement, useEffect, useRef, useState } from 'react';
import type { ContentType } from '../../../src/model/type.ts';
import { api } from '../client/api.ts';
import { morphChildren } from './morph.ts';

/** The page that the server makes of what is in the form, with the very templates of the site. */

const ASK_DELAY_MS = 150;
const LATER_MS = 2000;
/** The server is not there, or nobody is signed in any more. */
const TROUBLE_MS = 10_000;

/** `waiting`: nothing is known yet; `none`: there is no page now, and the preview must do with the body. */
export type Page = { state: 'waiting' | 'none'; html?: never } | { state: 'drawn'; html: string };

/**
 * Asks for the page again soon after each change, one question at a time; a page is shown until there is a newer one.
 *
 * @param text the whole file as it would be saved
 */
export function usePage(type: ContentType, slug: string, text: string): Page {
  const [page, setPage] = useState<Page>({ state: 'waiting' });
  const wanted = useRef(text);
  const poke = useRef(() => {});
  wanted.current = text;

  useEffect(() => {
    let isOpen = true;
    let isBusy = false;
    let timer: ReturnType<typeof setTimeout>;
    const askIn = (delay: number) => {
      clearTimeout(timer);
      timer = setTimeout(ask, delay);
    };
    const ask = async () => {
      const asked = wanted.current;
      isBusy = true;
      const answer = await api.preview(type.name, slug, asked).catch(() => undefined);
      const drawn = answer ?? { html: undefined, isLater: true };
      isBusy = false;
      if (!isOpen) return;
      if (drawn.html !== undefined) setPage({ state: 'drawn', html: drawn.html });
      else setPage((shown) => (drawn.isLater && shown.state === 'drawn' ? shown : { state: 'none' }));
      if (wanted.current !== asked) askIn(ASK_DELAY_MS);
      else if (drawn.isLater) askIn(answer ? LATER_MS : TROUBLE_MS);
    };
    poke.current = () => {
      if (!isBusy) askIn(ASK_DELAY_MS);
    };
    poke.current();
    return () => {
      isOpen = false;
      clearTimeout(timer);
    };
  }, [type, slug]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the text is what it is about
  useEffect(() => poke.current(), [text]);
  return page;
}

/**
 * A page in the preview's frame. Its scripts are left out, and would not be let run either; what did not change stays as it
 * is, so that nothing flickers while somebody types.
 *
 * @param pictureUrl where a picture is that is not on the site yet
 */
export function PageView({
  html,
  pictureUrl,
}: {
  html: string;
  pictureUrl: (address: string) => string;
}): ReactElement {
  const place = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `pictureUrl` is new at every call and always means the same
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
