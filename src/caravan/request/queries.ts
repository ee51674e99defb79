import { itemsOf, siteSettings } from '../../queries/index.ts';
import { exhibitSets } from '../../types/caravan.ts';
import { townships } from '../../types/townships.ts';
import type { School } from '../queries.ts';
import { type Paper, requestPaper } from './request-paper.ts';

/** The request on paper for a school, or a blank one. */
export const paperFor = (school?: School): Paper =>
  requestPaper(school, {
    townships: itemsOf(townships),
    exhibitSets: itemsOf(exhibitSets),
    site: siteSettings(),
  });
