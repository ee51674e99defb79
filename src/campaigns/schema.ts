import { eventSchema, seriesSchema } from '../happenings/schema.ts';
import type { Happening } from '../happenings/queries.ts';
import type { Schema } from '../ui/schema.ts';
import type { Campaign } from './queries.ts';

/**
 * schema.org EventSeries of a campaign, with its happenings.
 *
 * @param image address of its share picture
 */
export const campaignSchema = (
  campaign: Campaign,
  happenings: readonly Happening[],
  image: string,
): Schema => ({
  ...seriesSchema(campaign, image),
  subEvent: happenings.map((happening) => eventSchema(happening)),
});
