import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { acceptUpload as acceptFile, freeName } from '../../cms/server/uploads/index.ts';
import { inspectUpload as inspectFile } from '../../cms/server/uploads/inspect.ts';

/** Uploads as bytes, where the server has files. */

const folder = mkdtempSync(join(tmpdir(), 'portal-uploads-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** Works on bytes in a file of their own; returns what came of both. */
async function inFile<Result>(bytes: Uint8Array, work: (file: string) => Promise<Result>) {
  const file = join(folder, String(files++));
  writeFileSync(file, bytes);
  try {
    const result = await work(file);
    return { result, bytes: new Uint8Array(readFileSync(file)) };
  } finally {
    rmSync(file);
  }
}

/** Inspects bytes under an extension; throws a `Refusal`. */
export async function inspectUpload(extension: string, given: Uint8Array) {
  const { result, bytes } = await inFile(given, (file) => inspectFile(extension, file));
  return { extension: result, bytes };
}

/** Takes an upload as the newsroom does; `kept` are the uploads that there are. */
export async function acceptUpload(
  name: string,
  given: Uint8Array,
  kept: (name: string) => Uint8Array | undefined = () => undefined,
) {
  const { result: verdict, bytes } = await inFile(given, (file) => acceptFile(name, file));
  if (!verdict.accepted) return verdict;
  const isFree = (candidate: string) => {
    const other = kept(candidate);
    return !other || Buffer.compare(other, bytes) === 0;
  };
  return { accepted: true as const, bytes, name: await freeName(verdict.stem, verdict.extension, isFree) };
}
