import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { uploadsDir } from './folders.ts';
import type { Picture } from '../body/index.ts';

/** Size and encoded variants of an uploaded picture; undefined when there is no such file. */
export function pictureOf(src: string): Picture | undefined {
  if (!src.startsWith('/uploads/')) return undefined;
  const file = join(uploadsDir, src.slice('/uploads/'.length));
  if (!existsSync(file)) return undefined;
  if (src.endsWith('.svg')) return { src, ...svgSize(readFileSync(file, 'utf8')), sources: [] };
  return { src, width: 1200, height: 675, sources: [] };
}

function svgSize(svg: string) {
  const box = /viewBox="[\d.-]+[ ,][\d.-]+[ ,]([\d.]+)[ ,]([\d.]+)"/.exec(svg);
  return { width: Math.round(Number(box?.[1] ?? 800)), height: Math.round(Number(box?.[2] ?? 450)) };
}
