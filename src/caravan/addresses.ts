/** Where the pages of the caravan are. */

export { schoolAddress } from '../types/caravan.ts';

export const LIST_ADDRESS = '/caravan/list/';
export const MAP_ADDRESS = '/caravan/map/';
export const monthAddress = (month: string): string => `/caravan/month/${month}/`;
export const weekAddress = (week: string): string => `/caravan/week/${week.toLowerCase()}/`;
export const townshipAddress = (id: string): string => `/caravan/township/${id}/`;
/** Printable page of what teachers do before, during and after a visit with a set of exhibits. */
export const packAddress = (set: string): string => `/caravan/pack/${set}/`;
/** Folder of a vehicle's calendar; a vehicle has no page. */
export const vehicleAddress = (id: string): string => `/caravan/vehicle/${id}/`;
/** Page of the schools by the time since the last visit; only where the settings say so. */
export const fairnessAddress = '/caravan/fairness/';
/** The name of that page, and of the one for editors. */
export const FAIRNESS_TITLE = '各校多久没去了';
