import { AUDIENCES } from '../../model/common.ts';
import { entries, itemsOf } from '../../queries/index.ts';
import { townships } from '../../types/townships.ts';
import type { ChartNames } from './charts.ts';

/** The names that charts are drawn with. */
export const chartNames = async (): Promise<ChartNames> => ({
  townships: itemsOf(townships),
  audiences: AUDIENCES,
  campaigns: Object.fromEntries((await entries('campaigns')).map(({ id, data }) => [id, data.title])),
});
