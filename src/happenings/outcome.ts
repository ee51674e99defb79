import { itemOf } from '../queries/index.ts';
import { figureText } from '../statistics/figures.ts';
import { indicators } from '../types/statistics.ts';
import type { Happening } from './queries.ts';

/** What came of an event or stop, as lists show it. */

const RESULTS_SHOWN = 3;

/** The first results that have a value, with name and unit: 「参观 418 人次」. */
export const mainFigures = (results: Happening['data']['results']): string[] =>
  results
    .filter(({ value }) => value !== undefined)
    .slice(0, RESULTS_SHOWN)
    .flatMap(({ indicator, value, approximate }) => {
      const known = itemOf(indicators, indicator);
      return known ? `${known.name} ${figureText(value, known.unit, approximate)}` : [];
    });

/** The photos that may be shown: none without a record of consent. */
export const publicPhotos = ({
  photos,
  photoConsent,
}: Pick<Happening['data'], 'photos' | 'photoConsent'>): Happening['data']['photos'] =>
  photoConsent === 'none' || photoConsent === 'recorded' ? photos : [];
