/** Content as a value: what editors wrote, read, compiled and kept. */

export { type Content, openContent } from './content.ts';
export { currentContent, setCurrentContent, withholdContent } from './current.ts';
export { listSchema } from './files.ts';
export { foldersOfEnvironment, outDir } from './folders.ts';
export { readText } from './read-text.ts';
export { contentVersions } from './versions.ts';
