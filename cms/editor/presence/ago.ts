const MINUTE_MS = 60_000;

/** `刚刚`, `2 分钟前`, `1 小时前` of an ISO 8601 moment. */
export function agoText(at: string, now = Date.now()): string {
  const minutes = Math.floor((now - Date.parse(at)) / MINUTE_MS);
  if (minutes < 1) return '刚刚';
  return minutes < 60 ? `${minutes} 分钟前` : `${Math.floor(minutes / 60)} 小时前`;
}
