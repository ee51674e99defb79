import { readFileSync, statSync, writeFileSync } from 'node:fs';
import type {
  ATTACHMENT_EXTENSIONS,
  MAP_EXTENSIONS,
  PICTURE_EXTENSIONS,
} from '../../../src/model/uploads.ts';
import { isZip } from '../../zip/index.ts';
import { inspectZip } from './archive.ts';
import { inspectOffice } from './office.ts';
import { MAX_DRAWING_BYTES, rebuildDrawing } from './drawing/index.ts';
import { inspectMap } from './map.ts';
import { inspectPdf } from './pdf.ts';
import { MAX_PICTURE_BYTES, reencode } from './pictures.ts';
import { cleanVideo, inspectSound } from './recording.ts';
import { MB, Refusal } from './refusal.ts';

/** What a look inside gives: bytes as they are to be written, and the extension that they call for. */
export interface Inspected {
  extension: string;
  bytes: Uint8Array;
}

type Extension = (typeof PICTURE_EXTENSIONS | typeof ATTACHMENT_EXTENSIONS | typeof MAP_EXTENSIONS)[number];
type Inspect = (bytes: Uint8Array, extension: string) => Inspected | Promise<Inspected>;

interface Kind {
  maxBytes: number;
  /** Looks at a file in memory. */
  inspect?: Inspect;
  /** Looks at a file on the disk and changes it there: for files too large for the memory. */
  inspectInPlace?: (file: string) => void;
}

const asIs =
  (inspect: (bytes: Uint8Array) => void): Inspect =>
  (bytes, extension) => {
    inspect(bytes);
    return { extension, bytes };
  };

const zipped =
  (inspect: (bytes: Uint8Array) => Promise<void>): Inspect =>
  async (bytes, extension) => {
    if (!isZip(bytes)) throw new Refusal(`这个文件不是真正的 .${extension}；请用原来的程序重新保存`);
    await inspect(bytes);
    return { extension, bytes };
  };

const picture = { maxBytes: MAX_PICTURE_BYTES, inspect: reencode };

/** Every kind of file that is taken, by extension. */
const KINDS = {
  jpg: picture,
  jpeg: picture,
  png: picture,
  webp: picture,
  avif: picture,
  gif: picture,
  svg: {
    maxBytes: MAX_DRAWING_BYTES,
    inspect: async (bytes, extension) => ({ extension, bytes: await rebuildDrawing(bytes, reencode) }),
  },
  pdf: { maxBytes: 50 * MB, inspect: asIs(inspectPdf) },
  docx: { maxBytes: 50 * MB, inspect: zipped((bytes) => inspectOffice(bytes, 'docx')) },
  xlsx: { maxBytes: 50 * MB, inspect: zipped((bytes) => inspectOffice(bytes, 'xlsx')) },
  zip: { maxBytes: 50 * MB, inspect: zipped((bytes) => inspectZip(bytes)) },
  mp4: {
    maxBytes: 100 * MB,
    inspectInPlace: cleanVideo,
  },
  mp3: { maxBytes: 50 * MB, inspect: asIs(inspectSound) },
  geojson: { maxBytes: 5 * MB, inspect: asIs(inspectMap) },
} satisfies Record<Extension, Kind>;

const kindOf = (extension: string): Kind | undefined =>
  Object.hasOwn(KINDS, extension) ? KINDS[extension as Extension] : undefined;

/** The largest file of any kind. */
export const MAX_UPLOAD_BYTES = Math.max(...Object.values(KINDS).map(({ maxBytes }) => maxBytes));

/** The largest Word file. */
export const MAX_WORD_BYTES = KINDS.docx.maxBytes;

/** Reasons that need no look inside: an unknown kind, an empty or a too large file. */
export function refuseAtSight(extension: string, size: number): string | undefined {
  const kind = kindOf(extension);
  if (!kind)
    return '不收这种文件：只收图片（JPG、PNG、WebP、AVIF、GIF、SVG）、PDF、Word（docx）、Excel（xlsx）、ZIP、MP4、MP3 和县界地图（GeoJSON）';
  if (size === 0) return '文件是空的，请重新选择';
  if (size > kind.maxBytes) return `文件超过 ${kind.maxBytes / MB} MB；请压缩后再传`;
  return undefined;
}

/**
 * Makes a file what may be kept of it.
 *
 * @returns the extension that its content calls for
 * @throws {Refusal} when it is not to be kept
 */
export async function inspectUpload(extension: string, file: string): Promise<string> {
  const reason = refuseAtSight(extension, statSync(file).size);
  const kind = kindOf(extension);
  if (reason !== undefined || !kind) throw new Refusal(reason);
  kind.inspectInPlace?.(file);
  if (!kind.inspect) return extension;
  const given = readFileSync(file);
  const { extension: wanted, bytes } = await kind.inspect(given, extension);
  if (bytes !== given) writeFileSync(file, bytes);
  return wanted;
}
