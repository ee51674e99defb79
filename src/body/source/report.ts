import type { Problem } from '../../model/problems.ts';

/** Tells a problem at an offset of the text that came in. */
export type Report = (severity: Problem['severity'], at: number, message: string, field?: string) => void;
