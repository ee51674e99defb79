/** States of a planned event; RFC 5545 STATUS and schema.org eventStatus are derived from them. */
export const EVENT_STATES = {
  tentative: '拟定',
  confirmed: '确认',
  rescheduled: '改期',
  cancelled: '取消',
  completed: '完成',
} as const;

export type EventState = keyof typeof EVENT_STATES;

/** Whether an event in this state has to say publicly why. */
export const requiresReason = (state: EventState): boolean =>
  state === 'rescheduled' || state === 'cancelled';

/** What an editor is told where the reason of a change is missing. */
export const REASON_REQUIRED = '改期、取消和恢复都要写明原因，公开显示';

/** RFC 5545, 3.8.1.11. */
export const CALENDAR_STATUS = {
  tentative: 'TENTATIVE',
  confirmed: 'CONFIRMED',
  rescheduled: 'CONFIRMED',
  cancelled: 'CANCELLED',
  completed: 'CONFIRMED',
} as const satisfies Record<EventState, string>;
