import { EVENT_STATES } from '../../../../../src/calendar/states.ts';
import { ACTIONS } from '../../../../protocol/review.ts';
import type { BatchAction } from '../../../services/newsroom/batch.ts';

/** What can be done with many entries at once. */
export type BatchStep = BatchAction | 'complete';

/** As the buttons say it. */
export const BATCH_STEPS = {
  submit: ACTIONS.submit,
  approve: ACTIONS.approve,
  publish: ACTIONS.publish,
  complete: `设为「${EVENT_STATES.completed}」`,
  return: ACTIONS.return,
} as const satisfies Record<BatchStep, string>;

/** What has become of the entries with which the step was taken. */
export const DONE_WORDS = {
  submit: '已提交审核',
  approve: '已通过',
  publish: '已发布',
  complete: `已设为「${EVENT_STATES.completed}」，存成草稿`,
  return: '已退回',
} as const satisfies Record<BatchStep, string>;

export const isBatchStep = (text: string): text is BatchStep => Object.hasOwn(BATCH_STEPS, text);

/** Those of the steps of review that can be taken with many at once. */
export const batchStepsOf = (actions: readonly string[]): BatchStep[] => actions.filter(isBatchStep);

/** More at once come from no page of ours. */
export const MOST_AT_ONCE = 300;
