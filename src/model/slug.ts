/** A file's name and the last part of its address. */
export const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What a form says of a slug that breaks the rule. */
export const SLUG_RULE = '只能用小写字母、数字和短横';

/** Longer ones make paths that not every disk takes. */
export const LONGEST_SLUG = 80;

/** Names of devices, which no file may have on Windows. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

/** Why a file cannot have this name on every machine, the end of a Chinese sentence; undefined when it can. */
export function explainSlug(name: string): string | undefined {
  if (!SLUG.test(name)) return `${SLUG_RULE}，例如 yumi-qingzhu`;
  if (name.length > LONGEST_SLUG) return `最长 ${LONGEST_SLUG} 个字符，请写短一些`;
  return DEVICE.test(name) ? `不能叫「${name}」，Windows 不许文件用这个名称，请换一个` : undefined;
}
