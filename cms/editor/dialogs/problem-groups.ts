import type { Problem } from '../../../src/model/problems.ts';

/** The problems of one field, or of the body. */
export interface ProblemGroup {
  /** 「活动成果」, 正文; empty for what concerns the whole entry. */
  label: string;
  problems: (Problem & {
    /** Where in the field: 第 2 项「数值」. */
    where: string;
  })[];
}

/** Problems by field, in the order in which the fields first occur; `正文 「名称」` is a block of the body. */
export function groupByField(problems: readonly Problem[]): ProblemGroup[] {
  const groups = new Map<string, ProblemGroup>();
  for (const problem of problems) {
    const { field = '' } = problem;
    const label = /^(?:正文|[^「]*「[^」]*」)/.exec(field)?.[0] ?? field;
    const group = groups.get(label) ?? { label, problems: [] };
    group.problems.push({ ...problem, where: field.slice(label.length).trim() });
    groups.set(label, group);
  }
  return [...groups.values()];
}
