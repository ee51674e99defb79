import sharp, { type Metadata, type Sharp } from 'sharp';
import { MAX_PIXELS } from '../../../src/pictures/limits.ts';
import { latin1, MB, Refusal } from './refusal.ts';

/**
 * Photographs and other bitmaps: decoded and re-encoded, so that the stored file holds the picture and nothing else.
 * Orientation is applied, colours are converted to sRGB, and all metadata (place, camera, comments, data appended to the
 * file) is removed. An animation stays one; a sequence in AVIF becomes its first picture.
 */

export const MAX_PICTURE_BYTES = 20 * MB;
const MAX_FRAMES = 500;
const DECODE_TIMEOUT_S = 40;

/** What each format is saved as. AVIF at low effort: at the default a 12-megapixel photo takes 6 s of processor. */
const ENCODERS: Record<string, (image: Sharp, metadata: Metadata, source: Uint8Array) => Sharp> = {
  jpg: (image) => image.jpeg({ quality: 90, progressive: true }),
  png: (image, { isPalette }) =>
    isPalette
      ? image.png({ compressionLevel: 9, palette: true, dither: 0 })
      : image.png({ compressionLevel: 9 }),
  webp: (image, _, source) =>
    image.webp({ quality: 90, lossless: latin1(source.subarray(12, 16)) === 'VP8L' }),
  avif: (image) => image.avif({ quality: 70, effort: 2 }),
  gif: (image) => image.gif(),
};

const SIGNATURES: Record<string, RegExp> = {
  jpg: /^\xff\xd8\xff/,
  png: /^\x89PNG\r\n/,
  gif: /^GIF8[79]a/,
  webp: /^RIFF[\s\S]{4}WEBP/,
  avif: /^[\s\S]{4}ftyp[\s\S]{0,24}avi[fs]/,
};
const HEIC = /^[\s\S]{4}ftyp(?:heic|heix|hevc|mif1)/;

/** Which picture the bytes are, whatever the file is called: `jpg`, `png`, `webp`, `avif` or `gif`. */
export function pictureKind(bytes: Uint8Array): string | undefined {
  const start = latin1(bytes.subarray(0, 36));
  return Object.keys(SIGNATURES).find((kind) => SIGNATURES[kind]?.test(start));
}

/** The re-encoded picture; throws a `Refusal` for what is no picture or too large. */
export async function reencode(bytes: Uint8Array): Promise<{ extension: string; bytes: Uint8Array }> {
  if (bytes.length > MAX_PICTURE_BYTES)
    throw new Refusal(`图片超过 ${MAX_PICTURE_BYTES / MB} MB；请在手机或画图软件里缩小后再传`);
  const extension = pictureKind(bytes);
  const encode = ENCODERS[extension ?? ''];
  if (!extension || !encode)
    throw new Refusal(
      HEIC.test(latin1(bytes.subarray(0, 36)))
        ? '这是苹果手机的 HEIC 照片，多数电脑打不开；请在手机「设置 → 相机 → 格式」选「兼容性最佳」，或另存为 JPG 再传'
        : '这个文件不是 JPG、PNG、WebP、AVIF 或 GIF 图片；请用画图软件另存为 JPG 再传',
    );
  if (extension === 'png' && isMovingPng(bytes))
    throw new Refusal('这是会动的 PNG（APNG），传上来会变成不动的图；请另存为 GIF 或会动的 WebP 再传');
  const encoded = await decodeAndEncode(bytes, encode);
  if (encoded.length > MAX_PICTURE_BYTES)
    throw new Refusal(`图片整理后仍超过 ${MAX_PICTURE_BYTES / MB} MB；请缩小，或另存为 JPG 再传`);
  return { extension, bytes: encoded };
}

/** Whether a PNG is an animation of more than one picture: it has a chunk `acTL` before its data (PNG, third edition). */
function isMovingPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = latin1(bytes.subarray(at + 4, at + 8));
    if (name === 'IDAT') return false;
    if (name === 'acTL') return view.getUint32(at + 8) > 1;
  }
  return false;
}

async function decodeAndEncode(
  bytes: Uint8Array,
  encode: (image: Sharp, metadata: Metadata, source: Uint8Array) => Sharp,
): Promise<Uint8Array> {
  try {
    const metadata = await sharp(bytes, { limitInputPixels: false }).metadata();
    refuseTooLarge(metadata);
    const animated = (metadata.pages ?? 1) > 1 && metadata.format !== 'heif';
    const image = sharp(bytes, {
      animated,
      limitInputPixels: MAX_PIXELS,
      sequentialRead: true,
      failOn: 'error',
    }).timeout({ seconds: DECODE_TIMEOUT_S });
    return await encode(animated ? image : image.autoOrient(), metadata, bytes).toBuffer();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('图片读不出来，可能没有传完整；请用看图软件打开确认，另存为 JPG 再传', {
      cause: error,
    });
  }
}

/** Reading the header costs nothing; decoding a picture that claims to be huge would. */
function refuseTooLarge({ width, height, pageHeight = height, pages = 1 }: Metadata): void {
  const pixels = width * pageHeight * pages;
  if (pages > MAX_FRAMES) throw new Refusal(`动图有 ${pages} 帧，最多 ${MAX_FRAMES} 帧；请改传 MP4 视频`);
  if (pixels <= MAX_PIXELS) return;
  const size = pages > 1 ? `${width}×${pageHeight}，${pages} 帧` : `${width}×${pageHeight}`;
  throw new Refusal(`图片太大（${size}），最多 ${MAX_PIXELS / 10_000} 万像素；请缩小后再传`);
}
