import { attachment } from './attachment/index.ts';
import attachmentCss from './attachment/style.css?inline';
import { callout } from './callout/index.ts';
import calloutCss from './callout/style.css?inline';
import { compare } from './compare/index.ts';
import compareCss from './compare/style.css?inline';
import { figure } from './figure/index.ts';
import figureCss from './figure/style.css?inline';
import { formula } from './formula/index.ts';
import formulaCss from './formula/style.css?inline';
import { gallery } from './gallery/index.ts';
import galleryCss from './gallery/style.css?inline';
import { quiz } from './quiz/index.ts';
import quizCss from './quiz/style.css?inline';
import { stat } from './stat/index.ts';
import statCss from './stat/style.css?inline';
import { steps } from './steps/index.ts';
import stepsCss from './steps/style.css?inline';
import { term } from './term/index.ts';
import termCss from './term/style.css?inline';
import { video } from './video/index.ts';
import videoCss from './video/style.css?inline';

/** Styles of each block by component name. A gallery holds figures, whose names the body lists too. */
const styles: ReadonlyMap<string, string> = new Map([
  [figure.name, figureCss],
  [gallery.name, galleryCss],
  [video.name, videoCss],
  [callout.name, calloutCss],
  [quiz.name, quizCss],
  [steps.name, stepsCss],
  [stat.name, statCss],
  [attachment.name, attachmentCss],
  [compare.name, compareCss],
  [term.name, termCss],
  [formula.name, formulaCss],
]);

/** CSS of the blocks that a body uses, and no more. */
export const stylesOf = (blocks: readonly string[]): string =>
  blocks.map((name) => styles.get(name) ?? '').join('');
