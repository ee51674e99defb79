import { createElement as h, type ReactNode, useEffect, useRef, useState } from 'react';

/** Cards that are rendered at first, and each time that the end of the list comes near. */
const BATCH_SIZE = 200;
/** Distance of the end below the window at which the next batch is rendered. */
const ROOT_MARGIN = '1000px';

/** Renders a list's cards in batches while scrolling: ten thousand at once block the browser for seconds. */
export function LazyCards({ cards }: { cards: Iterable<ReactNode> }): ReactNode {
  const [count, setCount] = useState(BATCH_SIZE);
  const end = useRef<HTMLLIElement>(null);
  const all = [...cards];
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setCount(count + BATCH_SIZE);
      },
      { rootMargin: ROOT_MARGIN },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [count]);
  const rest = all.length - count;
  return [
    ...all.slice(0, count),
    rest > 0 && h('li', { key: 'rest', ref: end, className: 'portal-rest' }, `还有 ${rest} 条，往下滚就显示`),
  ];
}
