import { currentOf, setCurrent } from '../runtime/current.ts';
import { createRecorder } from '../runtime/reads.ts';
import { type Content, openContent } from './content.ts';
import { foldersOfEnvironment } from './folders.ts';

/** The content that the pages of this process are made of: the one given, else the one that the environment names. */
export const currentContent = (): Content =>
  currentOf<Content>() ?? setCurrent(openContent(foldersOfEnvironment()));

/** From now on pages are made of this content. */
export const setCurrentContent = (content: Content): Content => setCurrent(content);

/** Until a content is given, reading one fails: what a module reads while it loads would be old when it is used. */
export function withholdContent(): void {
  setCurrent(
    new Proxy({ recorder: createRecorder() } as Content, {
      get(target, key) {
        if (key === 'recorder') return target.recorder;
        throw new Error(`有模块一载入就读了内容（${String(key)}），请改为用到时再读`);
      },
    }),
  );
}
