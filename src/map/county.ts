import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentContent } from '../store/index.ts';
import { itemsOf, siteSettings } from '../queries/index.ts';
import { once, recordRead } from '../runtime/current.ts';
import { townships } from '../types/townships.ts';
import { type County, drawCounty } from './drawing.ts';

/** The county's drawing for pages; read once a build. */

export type { County } from './drawing.ts';

export const county = once((): County =>
  drawCounty({
    townships: itemsOf(townships),
    map: siteSettings().map,
    read(upload) {
      recordRead(`upload:${upload}`);
      return readFileSync(join(currentContent().uploadsDir, upload.slice('/uploads/'.length)), 'utf8');
    },
  }),
);
