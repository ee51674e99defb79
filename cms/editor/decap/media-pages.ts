import { api } from '../client/api.ts';
import { showProblems } from '../dialogs/dialog.ts';
import { toMediaFile } from '../media/media-file.ts';

/** Loads the media library in pages and searches it on the server; Decap loads all files at once. */

interface LibraryRequest {
  query: string;
  /** From 1. */
  page: number;
  forImage: boolean;
  isVisible: boolean;
}

/** Number of the latest request: responses to earlier ones are ignored. */
let latestRequest = 0;

/** Arguments for Decap's `mediaLoaded`; undefined when a later request was sent. */
export async function loadMediaPage({ query, page, forImage, isVisible }: LibraryRequest) {
  const request = ++latestRequest;
  try {
    const { files, hasMore } = await api.media(query, page, forImage);
    if (request !== latestRequest) return undefined;
    const options = { page, canPaginate: hasMore, dynamicSearch: true, dynamicSearchQuery: query };
    return { files: files.map(toMediaFile), options };
  } catch (error) {
    if (isVisible) showProblems(`媒体库没有打开：${(error as Error).message}`, []);
    throw error;
  }
}

interface MediaFile {
  path: string;
  draft?: boolean;
}

/** Files that the form will upload when it is saved, then those of the library. */
export const withDrafts = <File extends MediaFile>(files: File[], library: File[] | undefined): File[] => {
  const drafts = files.filter(({ draft }) => draft);
  const paths = new Set(drafts.map(({ path }) => path));
  return [...drafts, ...(library ?? []).filter(({ path }) => !paths.has(path))];
};
