import { STAGES } from '../types/caravan.ts';

type Stage = keyof typeof STAGES;

/** Stages from which grades are reckoned, youngest first; a community has none. */
const ORDER = ['kindergarten', 'primary', 'junior', 'senior'] as const satisfies readonly Stage[];

/**
 * The stages that an exhibit's grades cover, both ends included: 「小学五年级至初中」 → primary, junior. Grades that
 * name no stage suit everybody.
 */
export function stagesOfGrades(grades: string): readonly Stage[] {
  const named = ORDER.flatMap((stage, index) => (grades.includes(STAGES[stage]) ? index : []));
  return named.length === 0 ? ORDER : ORDER.slice(Math.min(...named), Math.max(...named) + 1);
}

/** Whether an exhibit suits a school; without known stages, and in communities, everything does. */
export const suits = (grades: string, stages: readonly Stage[]): boolean =>
  stages.length === 0 ||
  stages.includes('community') ||
  stagesOfGrades(grades).some((stage) => stages.includes(stage));

/** The core concept of 「核心概念·学习内容」, by which exhibits are grouped. */
export const conceptOf = (curriculum: string): string => curriculum.split('·')[0] ?? curriculum;
