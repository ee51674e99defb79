import {
  type ComponentType,
  createElement as h,
  Fragment,
  type ReactElement,
  useEffect,
  useState,
} from 'react';

/** The preview of entries, whose code and styles are loaded when it is first opened. */

type Drawing = typeof import('./preview.ts');
type PreviewProps = Parameters<ReturnType<Drawing['createPreview']>>[0];

let drawing: Drawing | undefined;
const RETRY_MS = 2000;

type Template = ComponentType<PreviewProps>;

/** Makes the component of one preview, once the code is there. */
type Make = (drawing: Drawing) => Template;

interface LazyPreviewProps {
  themeColor: string;
  make: Make;
  props: PreviewProps;
}

const components = new Map<Make, Template>();

/**
 * A component for `registerPreviewTemplate`.
 *
 * @param themeColor the site's theme colour, `#rrggbb`
 */
export const lazyPreview = (themeColor: string, make: Make) => (props: PreviewProps) =>
  h(LazyPreview, { themeColor, make, props });

function LazyPreview({ themeColor, make, props }: LazyPreviewProps): ReactElement {
  const isLoaded = useDrawing();
  if (!isLoaded || !drawing) return h('p', { role: 'status' }, '正在画预览…');
  const Preview = components.get(make) ?? make(drawing);
  components.set(make, Preview);
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
