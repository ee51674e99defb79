import { api } from '../client/api.ts';
import { showProblems } from '../dialogs/dialog.ts';
import { toMediaFile } from '../media/media-file.ts';

/** The media library page by page, searched by the server; stands in for Decap's list of everything at once. */

interface LibraryRequest {
  query: string;
  /** From 1. */
  page: number;
  forImage: boolean;
  isVisible: boolean;
}

/** Counts requests: an answer that comes after the next request is not shown. */
let latest = 0;

/** What Decap's `mediaLoaded` takes; undefined when something else has been asked for meanwhile. */
export async function loadMediaPage({ query, page, forImage, isVisible }: LibraryRequest) {
  const turn = ++latest;
  try {
    const { files, hasMore } = await api.media(query, page, forImage);
    if (turn !== latest) return undefined;
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

/** Uploads that wait in the form, and after them those of the library. */
export const withDrafts = <File extends MediaFile>(waiting: File[], library: File[] | undefined): File[] => {
  const drafts = waiting.filter(({ draft }) => draft);
  const paths = new Set(drafts.map(({ path }) => path));
  return [...drafts, ...(library ?? []).filter(({ path }) => !paths.has(path))];
};
