import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Picture } from '../model/block.ts';
import type { Problem } from '../model/problems.ts';
import type { Recorder } from '../runtime/reads.ts';
import { indexFileIn, type PictureIndex, readPictureIndex } from './picture-index.ts';
import { placePictures, type Share, VARIANTS_ADDRESS } from './place.ts';

/** The uploaded pictures of one content, and what they are encoded to. */
export interface Pictures {
  /** Folder of the encoded variants. */
  readonly folder: string;
  /**
   * Size (pixels) and encoded variants of an uploaded picture; undefined when there is no such file.
   *
   * @param src address such as `/uploads/a.jpg`
   */
  find: (src: string) => Picture | undefined;
  /** Changes when the variants of an uploaded picture do; empty while it is not encoded. */
  stampOf: (src: string) => string;
  /**
   * Encodes what is new, has changed or is gone; `onPictureProgress` tells how far it is. A picture that cannot be read is
   * a problem, no more; a full disk is an error.
   *
   * @param options.isThorough reads every encoded picture, to find those that are damaged
   */
  encode: (options?: { isThorough?: boolean }) => Promise<Problem[]>;
  /**
   * Puts the encoded variants and the uploads into a built site.
   *
   * @param previous an earlier site, to take what is the same from, by `share`
   */
  place: (site: string, previous?: string, share?: Share) => void;
}

export function openPictures(
  { cacheDir, uploadsDir, basePath }: { cacheDir: string; uploadsDir: string; basePath: string },
  { recorder, shownPath }: { recorder: Recorder; shownPath: (file: string) => string },
): Pictures {
  const folder = join(cacheDir, 'pictures');
  let index: PictureIndex = {};
  let indexStamp = -1;

  function currentIndex(): PictureIndex {
    const stamp = statSync(indexFileIn(folder), { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (stamp !== indexStamp) {
      index = readPictureIndex(folder);
      indexStamp = stamp;
    }
    return index;
  }

  function find(src: string): Picture | undefined {
    if (!src.startsWith('/uploads/')) return undefined;
    recorder.record(`picture:${src}`);
    const file = join(uploadsDir, src.slice('/uploads/'.length));
    if (src.endsWith('.svg')) {
      if (!existsSync(file)) return undefined;
      return { src, ...svgSize(readFileSync(file, 'utf8')), sources: [] };
    }
    const encoded = currentIndex()[src];
    if (!encoded) return undefined;
    const types = [...new Set(encoded.variants.map((variant) => variant.type))];
    const sources = types.map((type) => ({
      type,
      srcset: encoded.variants
        .filter((variant) => variant.type === type)
        .map((variant) => `${basePath}${VARIANTS_ADDRESS}${variant.file} ${variant.width}w`)
        .join(', '),
    }));
    return { src, width: encoded.width, height: encoded.height, sources };
  }

  function stampOf(src: string): string {
    const encoded = currentIndex()[src];
    return encoded ? `${encoded.stamp}:${encoded.variants.length}` : '';
  }

  return {
    folder,
    find,
    stampOf,
    async encode({ isThorough = false } = {}) {
      // Loads sharp, which a process that only reads does without.
      const { encodePictures } = await import('./encode-new.ts');
      return encodePictures({ folder, uploadsDir, isThorough }, shownPath);
    },
    place: (site, previous, share) => placePictures({ folder, uploadsDir }, site, previous, share),
  };
}

/** Size that an SVG asks for: its width and height, else its view box. */
function svgSize(svg: string): { width: number; height: number } {
  const root = /<svg[^>]*>/.exec(svg)?.[0] ?? '';
  const side = (name: string) => Number(new RegExp(`\\s${name}="([\\d.]+)(?:px)?"`).exec(root)?.[1]);
  const box = /viewBox="[\d.-]+[ ,]+[\d.-]+[ ,]+([\d.]+)[ ,]+([\d.]+)"/.exec(root);
  return {
    width: Math.round(side('width') || Number(box?.[1]) || 800),
    height: Math.round(side('height') || Number(box?.[2]) || 450),
  };
}
