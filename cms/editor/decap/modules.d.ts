declare module 'virtual:decap-zh-hans' {
  interface Phrases {
    [key: string]: string | Phrases;
  }
  const phrases: Phrases;
  export default phrases;
}

declare module '*.css?inline' {
  const css: string;
  export default css;
}

declare module 'virtual:decap-store' {
  export const store: {
    getState: () => { entryDraft: import('immutable').Map<string, unknown> };
    dispatch: (action: { type: string; payload?: unknown }) => void;
    subscribe: (changed: () => void) => () => void;
  };
}

declare module 'react-dom' {
  export function createPortal(
    children: import('react').ReactNode,
    container: Element,
  ): import('react').ReactPortal;
}

declare module 'virtual:decap-pictures' {
  /** Undefined when pictures are stored as they come. */
  interface Processing {
    readonly width: number | null;
  }
  export function getMediaProcessingConfig(config: object): Processing | undefined;
  export function shouldTransformImage(file: File, config: Processing | undefined): boolean;
  export function transformImage(
    file: File,
    path: string,
    config: Processing | undefined,
  ): Promise<{ file: File; path: string }[]>;
}

declare module 'virtual:react-select' {
  /** The same object that the component reads. */
  export const defaultProps: object;
}

declare module 'decap-cms-lib-util' {
  /** https://localforage.github.io/localForage/ */
  export const localForage: {
    getItem: <Value>(key: string) => Promise<Value | null>;
    removeItem: (key: string) => Promise<void>;
  };
}

/** Decap's widgets come without types. */
declare module 'decap-cms-widget-*' {
  const widget: { Widget: () => import('decap-cms-core').CmsWidgetParam };
  export default widget;
}

declare module 'virtual:route-files' {
  /** Files of `src/pages` and names in `public`. */
  const routes: readonly string[];
  export default routes;
}
