import { MB, Refusal } from '../refusal.ts';
import { EMBEDDED } from './allowed.ts';
import { elementsNamed, type SvgElement } from './element.ts';
import { refuseOverpainting } from './overpainting.ts';
import { notDrawing, parseDrawing } from './parse.ts';
import { writeDrawing } from './write.ts';

/**
 * SVG drawings: parsed, and rebuilt from the elements and attributes listed below. Private data of drawing programs is
 * removed silently, and so do animations and embedded web pages; a drawing that runs something or loads from elsewhere is
 * refused, because without that part it would not be the drawing that the editor saw.
 */

export const MAX_DRAWING_BYTES = 5 * MB;
/**
 * The rebuilt drawing; throws a `Refusal` when it is none, runs something, or loads from elsewhere.
 *
 * @param reencode re-encodes an embedded picture
 */
export async function rebuildDrawing(
  bytes: Uint8Array,
  reencode: (bytes: Uint8Array) => Promise<{ extension: string; bytes: Uint8Array }>,
): Promise<Uint8Array> {
  if (bytes.length > MAX_DRAWING_BYTES)
    throw new Refusal(`SVG 超过 ${MAX_DRAWING_BYTES / MB} MB；请另存为 PNG 再传`);
  const root = parseDrawing(sourceOf(bytes));
  refuseOverpainting(root);
  await reencodePictures(root, reencode);
  return new TextEncoder().encode(`${writeDrawing(root)}\n`);
}

function sourceOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw notDrawing(error);
  }
}

async function reencodePictures(
  root: SvgElement,
  reencode: (bytes: Uint8Array) => Promise<{ extension: string; bytes: Uint8Array }>,
): Promise<void> {
  for (const image of elementsNamed(root, 'image')) {
    const href = image.attributes.find(([name]) => name === 'href');
    const encoded = EMBEDDED.exec(href?.[1] ?? '')?.[1];
    if (!href || encoded === undefined) continue;
    const { extension, bytes } = await reencode(Buffer.from(encoded, 'base64'));
    const type = extension === 'jpg' ? 'jpeg' : extension;
    href[1] = `data:image/${type};base64,${Buffer.from(bytes).toString('base64')}`;
  }
}
