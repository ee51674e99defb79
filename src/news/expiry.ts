/** Whether a notice is past on a day (`YYYY-MM-DD`): it still holds on the day on which it expires. */
export const isExpired = ({ expires }: { expires?: string | undefined }, day: string): boolean =>
  expires !== undefined && expires < day;
