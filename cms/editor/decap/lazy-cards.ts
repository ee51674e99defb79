import { createElement as h, type ReactNode, useEffect, useRef, useState } from 'react';

/** Cards of a list that are drawn before somebody scrolls, and each time that they have scrolled to the end. */
const CARDS_AT_ONCE = 200;
/** How far below the window the next ones are drawn. */
const AHEAD = '1000px';

/** Draws a list's cards as somebody scrolls to them: ten thousand at once hold up the browser for seconds. */
export function LazyCards({ cards }: { cards: Iterable<ReactNode> }): ReactNode {
  const [shown, setShown] = useState(CARDS_AT_ONCE);
  const end = useRef<HTMLLIElement>(null);
  const all = [...cards];
  useEffect(() => {
    if (!end.current) return;
    const watching = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setShown(shown + CARDS_AT_ONCE);
      },
      { rootMargin: AHEAD },
    );
    watching.observe(end.current);
    return () => watching.disconnect();
  }, [shown]);
  const rest = all.length - shown;
  return [
    ...all.slice(0, shown),
    rest > 0 && h('li', { key: 'rest', ref: end, className: 'portal-rest' }, `还有 ${rest} 条，往下滚就显示`),
  ];
}
