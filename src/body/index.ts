import { markdownToHtml } from 'satteri';
import type { Problem } from '../model/problems.ts';

export interface Picture {
  src: string;
  width: number;
  height: number;
  sources: { type: string; srcset: string }[];
}
export interface Heading {
  depth: number;
  slug: string;
  text: string;
}
export interface Body {
  html: string;
  headings: Heading[];
  blocks: string[];
  text: string;
  problems: Problem[];
}
export interface BodyOptions {
  picture?: (src: string) => Picture | undefined;
}
export const bodyVersion = '0';
export function renderBody(source: string, _options: BodyOptions = {}): Body {
  const { html } = markdownToHtml(source.replace(/</g, '\\<'));
  return { html, headings: [], blocks: [], text: source, problems: [] };
}
export function normalizeBody(source: string): string {
  return source;
}
