import type { Coordinates } from './coordinates.ts';

/** What a map shows, one layer for each kind of thing. */
export interface Layer {
  /** In the legend. */
  name: string;
  /** Told apart by shape, not by colour alone (WCAG 2.2, 1.4.1). */
  shape: keyof typeof SHAPES;
  /** How many there are in each township, by its id. */
  counts: Readonly<Record<string, number>>;
  /** Single places; on a map of real borders those with real coordinates are drawn where they are. */
  spots?: readonly { name: string; address: string; coordinates: Coordinates | undefined }[];
}

/** Signs around the origin, about 50 units wide, as SVG paths. */
export const SHAPES = {
  circle: 'M-25 0a25 25 0 1 0 50 0a25 25 0 1 0-50 0Z',
  square: 'M-22-22h44v44h-44Z',
  diamond: 'M0-29L29 0L0 29L-29 0Z',
} as const;
