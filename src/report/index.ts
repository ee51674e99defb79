/** The yearly work report, made from records by the editors' outline. See README.md. */
export { type Changes, changeLines, changesBetween, hasChanges } from './changes.ts';
export { composeReport } from './compose.ts';
export { BLANK, type Block, blanksIn, type Doubt, type Report, type Run, textOf } from './document.ts';
export { type Difference, reportDocx } from './docx/report-docx.ts';
export { summaryDocx } from './docx/summary-docx.ts';
export { type ExportGroup, exportsOf } from './exports/index.ts';
export { reportMarkdown } from './markdown.ts';
export { type Material, readMaterial } from './material.ts';
export { outlineProblems, readOutline } from './outline.ts';
export { summaryMarkdown, summaryOf } from './summary.ts';
