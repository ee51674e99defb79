/** States of a planned event; RFC 5545 STATUS and schema.org eventStatus are derived from them. */
export const EVENT_STATES = {
  tentative: '拟定',
  confirmed: '确认',
  rescheduled: '改期',
  cancelled: '取消',
  completed: '完成',
} as const;

export type EventState = keyof typeof EVENT_STATES;

/** RFC 5545, 3.8.1.11. */
export const CALENDAR_STATUS = {
  tentative: 'TENTATIVE',
  confirmed: 'CONFIRMED',
  rescheduled: 'CONFIRMED',
  cancelled: 'CANCELLED',
  completed: 'CONFIRMED',
} as const satisfies Record<EventState, string>;
