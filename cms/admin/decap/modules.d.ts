declare module 'virtual:decap-zh-hans' {
  interface Phrases {
    [key: string]: string | Phrases;
  }
  const phrases: Phrases;
  export default phrases;
}

declare module 'virtual:decap-richtext' {
  export function markdownToSlate(
    markdown: string,
    options: { editorComponents: unknown; voidCodeBlock: boolean },
  ): unknown;
  export function slateToMarkdown(
    nodes: unknown,
    options: { voidCodeBlock: boolean },
    editorComponents: unknown,
  ): string;
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
