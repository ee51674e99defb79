import { reasonText } from '../../happenings/changes/text.ts';
import { formatMoment, formatRange } from '../../calendar/text.ts';
import type { HappeningData } from '../../happenings/happening.ts';

/** Text that a teacher pastes into the parents' chat group. */

export interface NoticeContext {
  association: string;
  /** School or place. */
  place: string;
  /** Name of the exhibit set and of its first exhibits. */
  exhibits?: { name: string; examples: readonly string[] } | undefined;
  rainRule?: string | undefined;
  /** Whether neighbours may come too. */
  open: boolean;
  /** Full address of the stop's page. */
  url: string;
}

/**
 * The notice of a stop, or undefined when it is over. It speaks of what the record says and asks parents for nothing.
 */
export function parentsNotice(data: HappeningData, context: NoticeContext): string | undefined {
  const { association, place, exhibits, rainRule, open, url } = context;
  const more = `以这一页为准：${url}`;
  const reason = reasonText(data.changeReason);
  if (data.state === 'completed') return undefined;
  if (data.state === 'cancelled')
    return `【科普大篷车取消】各位家长：原定 ${formatMoment(data.start)} 到${place}的科普大篷车取消。${reason}有新安排会再通知。${more}`;

  const when = formatRange(data.start, data.end);
  const moved = data.state === 'rescheduled' && data.formerStart;
  const lines = [
    moved
      ? `【科普大篷车改期】各位家长：${association}的科普大篷车原定 ${formatMoment(moved)} 到${place}，现改到 ${when}。${reason}`
      : `【科普大篷车来校】各位家长：${when}，${association}的科普大篷车到${place}。`,
    data.state === 'tentative' && '时间还没有最后确定，定了再通知。',
    exhibits &&
      `带来“${exhibits.name}”展品${exhibits.examples.length > 0 ? `：${exhibits.examples.join('、')}等` : ''}，可以动手玩。`,
    open ? '不收费，周边居民也可以来看。' : '在校内由老师带队参观，不收费，家长不用接送或另做准备。',
    rainRule && `雨天：${rainRule}。`,
    more,
  ];
  return lines.filter(Boolean).join('');
}
