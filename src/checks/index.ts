import type { Problem } from '../model/problems.ts';
import { checkCalendarIds } from './calendar-ids.ts';
import { checkContradictions } from './contradictions.ts';
import { type Corpus, readCorpus } from './corpus.ts';
import { checkCountyMap } from './county-map.ts';
import { checkFormerTimes } from './former-times.ts';
import { checkColumns, checkFreshness } from './freshness.ts';
import { checkLinks } from './links.ts';
import { checkMissingPictures } from './missing-picture.ts';
import { checkPhotoConsent } from './photo-consent.ts';
import { checkPlanning } from './planning.ts';
import { checkPrivateData } from './private-data.ts';
import { checkRedirects } from './redirects.ts';
import { checkReferences } from './references.ts';
import { checkWording } from './wording.ts';

/** The rules, one file each; a new rule is a file and a line here. */
const rules: readonly ((corpus: Corpus) => Problem[])[] = [
  checkReferences,
  checkCountyMap,
  checkLinks,
  checkRedirects,
  checkCalendarIds,
  checkPrivateData,
  checkPhotoConsent,
  checkMissingPictures,
  checkContradictions,
  checkFormerTimes,
  checkFreshness,
  checkColumns,
  checkPlanning,
  checkWording,
];

/** Everything wrong with the content folder, sorted by file and line; nothing is changed. */
export function checkContent(corpus: Corpus = readCorpus()): Problem[] {
  const problems = [...corpus.problems, ...rules.flatMap((rule) => rule(corpus))];
  return problems.sort((a, b) => a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0));
}
