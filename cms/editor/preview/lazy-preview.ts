import { createElement as h, Fragment, type ReactElement, useEffect, useState } from 'react';
import type { ContentType } from '../../../src/model/type.ts';

/** The preview of entries, whose code and styles are loaded when it is first opened. */

type Drawing = typeof import('./preview.ts');
type PreviewProps = Parameters<ReturnType<Drawing['createPreview']>>[0];

let drawing: Drawing | undefined;
const RETRY_MS = 2000;

interface LazyPreviewProps {
  type: ContentType;
  themeColor: string;
  props: PreviewProps;
}

const components = new Map<ContentType, ReturnType<Drawing['createPreview']>>();

/**
 * A component for `registerPreviewTemplate`.
 *
 * @param themeColor the site's theme colour, `#rrggbb`
 */
export const lazyPreview = (type: ContentType, themeColor: string) => (props: PreviewProps) =>
  h(LazyPreview, { type, themeColor, props });

function LazyPreview({ type, themeColor, props }: LazyPreviewProps): ReactElement {
  const isLoaded = useDrawing();
  if (!isLoaded || !drawing) return h('p', { role: 'status' }, '正在画预览…');
  const Preview = components.get(type) ?? drawing.createPreview(type);
  components.set(type, Preview);
  return h(Fragment, null, h('style', null, drawing.previewStyles(themeColor)), h(Preview, props));
}

function useDrawing(): boolean {
  const [isLoaded, setLoaded] = useState(drawing !== undefined);
  useEffect(() => {
    if (isLoaded) return undefined;
    let timer: ReturnType<typeof setTimeout>;
    let isGone = false;
    const load = async () => {
      try {
        drawing = await import('./preview.ts');
        if (!isGone) setLoaded(true);
      } catch (error) {
        console.warn(error);
        if (!isGone) timer = setTimeout(() => void load(), RETRY_MS);
      }
    };
    void load();
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [isLoaded]);
  return isLoaded;
}
