import type { Block } from '../model/block.ts';
import { attachment } from './attachment/index.ts';
import { callout } from './callout/index.ts';
import { compare } from './compare/index.ts';
import { figure } from './figure/index.ts';
import { formula } from './formula/index.ts';
import { gallery } from './gallery/index.ts';
import { quiz } from './quiz/index.ts';
import { stat } from './stat/index.ts';
import { steps } from './steps/index.ts';
import { term } from './term/index.ts';
import { video } from './video/index.ts';

/** The blocks that a body may hold, in the order of the editor's menu. */
export const blocks = [
  figure,
  gallery,
  video,
  callout,
  quiz,
  steps,
  stat,
  attachment,
  compare,
  term,
  formula,
] as unknown as readonly Block[];

/** The block of a component name, e.g. `Callout`. */
export const blockNamed = (name: string): Block | undefined => blocks.find((block) => block.name === name);
