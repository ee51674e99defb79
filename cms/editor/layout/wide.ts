import { type RefObject, useEffect, useState } from 'react';

/** From this width the column to write in and the fields beside it both fit. */
const WIDE_PX = 980;

/** Whether the form is wide enough for two columns; the preview takes half of a screen. */
export function useIsWide(element: RefObject<HTMLElement | null>): boolean {
  const [isWide, setWide] = useState(() => window.innerWidth >= WIDE_PX);
  useEffect(() => {
    const form = element.current;
    if (!form) return undefined;
    const watch = new ResizeObserver(() => {
      // The form is not measured while it is hidden, as behind the preview of a phone.
      if (form.clientWidth > 0) setWide(form.clientWidth >= WIDE_PX);
    });
    watch.observe(form);
    return () => watch.disconnect();
  }, [element]);
  return isWide;
}
