import { Refusal } from './refusal.ts';

/** Refuses what is not a GeoJSON document of features (RFC 7946); whether its areas fit is checked with the content. */
export function inspectMap(bytes: Uint8Array): void {
  let type: unknown;
  try {
    type = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))?.type;
  } catch {
    // Not JSON at all: refused below.
  }
  if (type !== 'FeatureCollection') throw new Refusal('这个文件不是 GeoJSON；请让提供县界的单位另存一份');
}
