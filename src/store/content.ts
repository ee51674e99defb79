import { openPictures, type Pictures } from '../pictures/index.ts';
import { createRecorder, type Recorder } from '../runtime/reads.ts';
import { type Bodies, openBodies } from './bodies.ts';
import { type Entries, openEntries } from './entries.ts';
import { type ContentFiles, openFiles } from './files.ts';
import { type ContentFolders, resolveFolders } from './folders.ts';

/** One content: its folders, and how to read what is in them. Several can be open in a process. */
export interface Content extends Readonly<ContentFolders>, ContentFiles, Bodies, Entries {
  readonly pictures: Pictures;
  /** What pages read of this content. */
  readonly recorder: Recorder;
}

/**
 * Opens a content folder; nothing is read yet.
 *
 * @param options what is not given is the project's own, see `resolveFolders`
 */
export function openContent(options: Partial<ContentFolders> = {}): Content {
  const folders = resolveFolders(options);
  const recorder = createRecorder();
  const files = openFiles({ ...folders, recorder });
  const pictures = openPictures(folders, { recorder, shownPath: files.shownPath });
  const bodies = openBodies(folders, { recorder, pictures });
  const entries = openEntries(folders, { recorder, files, bodies });
  return { ...folders, ...files, ...bodies, ...entries, pictures, recorder };
}
