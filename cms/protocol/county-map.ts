import { z } from 'zod';

/** The county's map as the editor draws it, so that a place can be pointed out on it. */

const earth = z.object({ longitude: z.number(), latitude: z.number() });

export const countyMap = z.object({
  /** The square of the drawing that is shown; a side of 0 is no map. */
  left: z.number(),
  top: z.number(),
  side: z.number(),
  townships: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** `d` of an SVG path. */
      path: z.string(),
      /** Where its name is written. */
      x: z.number(),
      y: z.number(),
    }),
  ),
  /** Where three corners of the square lie on earth, GCJ-02; absent where the map is schematic and says nothing of it. */
  corners: z.object({ topLeft: earth, topRight: earth, bottomLeft: earth }).optional(),
});
export type CountyMap = z.output<typeof countyMap>;
