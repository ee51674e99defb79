import { ROBOTS } from '../../../services/notices/settings.ts';

/** Name of a way by which notices go. */
export const channelLabel = (channel: string): string =>
  Object.hasOwn(ROBOTS, channel) ? `${ROBOTS[channel as keyof typeof ROBOTS].label}机器人` : '邮件';
