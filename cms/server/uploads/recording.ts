import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { latin1, Refusal } from './refusal.ts';

/** Video and sound: that the file is what it says, and that a video does not tell where it was filmed. */

/** Boxes of ISO/IEC 14496-12 and QuickTime that hold a place, a device, a title: nothing that playing needs. */
const DESCRIPTIONS = new Set(['udta', 'meta', 'uuid']);
const FOLDERS = new Set(['moov', 'trak']);
const BRAND = /^(?:isom|iso\d|mp4\d|avc1|M4V |dash|mmp4|MSNV|3gp\d|qt {2})/;

interface Box {
  kind: string;
  start: number;
  end: number;
  body: number;
}

/** The boxes of one level; only their heads are read. */
const BOX_HEAD_BYTES = 16;
/** More in one file than any camera or editing program writes. */
const MAX_BOXES = 20_000;
const ERASED_BYTES = 1024 * 1024;

/** A file that is open for reading and writing. */
interface OpenVideo {
  descriptor: number;
  boxes: number;
}

/**
 * Blanks out the descriptions of an MP4 in its file (offsets into it stay right). Only heads of boxes are read, so that a
 * long film takes no memory.
 *
 * @throws {Refusal} when it is no complete MP4
 */
export function cleanVideo(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    const video = { descriptor, boxes: 0 };
    const boxes = boxesIn(video, 0, fstatSync(descriptor).size);
    const [first] = boxes;
    if (first?.kind !== 'ftyp' || !BRAND.test(latin1(bytesAt(video, first.body, 4)))) throw notVideo();
    if (!boxes.some(({ kind }) => kind === 'moov')) throw notVideo();
    blankDescriptions(video, boxes);
  } finally {
    closeSync(descriptor);
  }
}

function bytesAt({ descriptor }: OpenVideo, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  return bytes.subarray(0, readSync(descriptor, bytes, 0, length, at));
}

function blankDescriptions(video: OpenVideo, boxes: readonly Box[]): void {
  for (const { kind, start, body, end } of boxes) {
    if (FOLDERS.has(kind)) blankDescriptions(video, boxesIn(video, body, end));
    if (!DESCRIPTIONS.has(kind)) continue;
    writeSync(video.descriptor, 'free', start + 4, 'latin1');
    for (let at = body; at < end; at += ERASED_BYTES)
      writeSync(video.descriptor, Buffer.alloc(Math.min(ERASED_BYTES, end - at)), 0, undefined, at);
  }
}

function boxesIn(video: OpenVideo, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start < to;) {
    const head = bytesAt(video, start, Math.min(BOX_HEAD_BYTES, to - start));
    // QuickTime closes some folders with four zero bytes.
    if (head.length === 4 && head.readUInt32BE() === 0) break;
    if (head.length < 8 || ++video.boxes > MAX_BOXES) throw notVideo();
    const short = head.readUInt32BE();
    const isLong = short === 1;
    if (isLong && head.length < BOX_HEAD_BYTES) throw notVideo();
    const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - start : short;
    const body = start + (isLong ? 16 : 8);
    const end = start + size;
    if (end < body || end > to) throw notVideo();
    boxes.push({ kind: latin1(head.subarray(4, 8)), start, body, end });
    start = end;
  }
  return boxes;
}

const notVideo = () =>
  new Refusal('这个文件不是完整的 MP4 视频；请用手机或剪辑软件重新导出 MP4（H.264）再传');

/** Throws a `Refusal` unless the bytes are MPEG layer III frames, after an ID3 tag perhaps. */
export function inspectSound(bytes: Uint8Array): void {
  let at = tagLength(bytes);
  for (let frame = 0; frame < 3; frame++) {
    const length = frameLength(bytes, at);
    if (length === undefined) throw new Refusal('这个文件不是 MP3 录音；请用录音或音频软件导出 MP3 再传');
    at += length;
    if (at === bytes.length && frame > 0) return;
  }
}

/** Length of the ID3v2 tag at the beginning: https://id3.org/id3v2.4.0-structure */
function tagLength(bytes: Uint8Array): number {
  if (latin1(bytes.subarray(0, 3)) !== 'ID3') return 0;
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(6, 10);
  const hasFooter = ((bytes[5] ?? 0) & 0x10) !== 0;
  return 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127) + (hasFooter ? 10 : 0);
}

/** kbit/s by index: MPEG-1 layer III, then MPEG-2 and 2.5. */
const BITRATES = [
  [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
] as const;
const SAMPLE_RATES_HZ = [44_100, 48_000, 32_000] as const;

/** Length of the frame at `at`, or undefined when there is none: ISO/IEC 11172-3, 2.4.1.3. */
function frameLength(bytes: Uint8Array, at: number): number | undefined {
  const [sync = 0, kind = 0, rates = 0] = bytes.subarray(at, at + 3);
  const version = (kind >> 3) & 3;
  const isLayerThree = ((kind >> 1) & 3) === 1;
  if (sync !== 0xff || (kind & 0xe0) !== 0xe0 || version === 1 || !isLayerThree) return undefined;
  const isFirst = version === 3;
  const bitrate = BITRATES[isFirst ? 0 : 1][rates >> 4];
  const sampleRate = SAMPLE_RATES_HZ[(rates >> 2) & 3];
  if (!bitrate || !sampleRate) return undefined;
  const rate = sampleRate / (isFirst ? 1 : version === 2 ? 2 : 4);
  return Math.floor(((isFirst ? 144 : 72) * bitrate * 1000) / rate) + ((rates >> 1) & 1);
}
