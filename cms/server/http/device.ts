/** 「Chrome，Windows」 of a `User-Agent` header. The order matters: each browser also names those after it. */
export function deviceOf(agent: string): string {
  const first = (names: Record<string, RegExp>) =>
    Object.entries(names).find(([, pattern]) => pattern.test(agent))?.[0] ?? '';
  const browser = first({
    微信: /MicroMessenger/,
    Edge: /Edg/,
    '360 浏览器': /360|QIHU/i,
    'QQ 浏览器': /QQBrowser/,
    Firefox: /Firefox/,
    Chrome: /Chrom/,
    Safari: /Safari/,
  });
  const system = first({
    鸿蒙: /HarmonyOS|OpenHarmony/,
    安卓: /Android/,
    'iPhone 或 iPad': /iPhone|iPad/,
    Windows: /Windows/,
    macOS: /Mac OS/,
    Linux: /Linux/,
  });
  return [browser, system].filter(Boolean).join('，') || '未知的设备';
}
