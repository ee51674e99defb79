import { randomInt } from 'node:crypto';
import { pinyin } from 'pinyin-pro';

/**
 * What makes a password acceptable, after NIST SP 800-63B: long, not in common use, not about the person; no classes
 * of characters, no expiry.
 */

export const MIN_PASSWORD = 10;
/** scrypt takes any length; this keeps requests small. */
export const MAX_PASSWORD = 128;
const MIN_DIFFERENT = 5;
const MIN_DIGITS_ONLY = 18;

/** Common parts of passwords; compared after folding `@` to `a`, `0` to `o` and so on. */
const COMMON =
  `password passwort passwd pass word admin administrator root user guest test login welcome letmein master
qwerty qwertyuiop asdfghjkl zxcvbnm qazwsx qazwsxedc iloveyou loveyou love sunshine princess dragon monkey football
baseball superman batman shadow michael abc abcd abcdef abcdefg abcdefgh hello default changeme secret computer internet
windows server system manager office china chinese beijing woaini woaiwojia aini nihao mima denglu guanli guanliyuan
woshi woaizhongguo zhongguo laopo laogong baobao wangyi taobao weixin kexie kepu kepuwang kexue xianzhengfu zhengfu
xuanchuan bianji portal science county press editor asd zxc qwe qaz wsx edc iop jkl bnm asdf zxcv qwer wasd`
    .split(/\s+/)
    .sort((one, other) => other.length - one.length);

const SEQUENCES = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qazwsxedcrfvtgbyhnujmikolp',
];

const LEET: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '0': 'o',
  '1': 'i',
  '!': 'i',
  '3': 'e',
  $: 's',
  '5': 's',
  '7': 't',
};

const lettersOf = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
const fold = (text: string) => [...text].map((character) => LEET[character] ?? character).join('');

/** What is left without common words and keyboard sequences. */
function withoutCommon(text: string): string {
  let rest = text;
  for (const sequence of [...SEQUENCES, ...SEQUENCES.map((known) => [...known].reverse().join(''))])
    for (let length = sequence.length; length >= 4; length--)
      for (let at = 0; at + length <= sequence.length; at++)
        rest = rest.replaceAll(sequence.slice(at, at + length), '');
  for (const word of COMMON) rest = rest.replaceAll(word, '');
  return rest;
}

/** `abcabcabc` → `abc`. */
const unrepeated = (text: string) => /^(.+?)\1+$/u.exec(text)?.[1] ?? text;

/**
 * What is wrong with a password, in a Chinese sentence that says what to do; undefined when it is good.
 *
 * @param person whose password it is: neither login nor name, in characters or pinyin, may be in it
 */
export function passwordProblem(
  password: string,
  person: { login: string; name: string },
): string | undefined {
  const text = password.normalize('NFKC');
  const length = [...text].length;
  if (length < MIN_PASSWORD) return `密码至少要 ${MIN_PASSWORD} 个字符；可以用几个不相干的词连起来`;
  if (password.length > MAX_PASSWORD) return `密码最多 ${MAX_PASSWORD} 个字符`;
  const lower = text.toLowerCase();
  if (new Set(lower).size < MIN_DIFFERENT) return '密码里不同的字符太少，很容易被猜到，请换一个';
  for (const own of ownWords(person))
    if (lower.includes(own) || lettersOf(lower).includes(own))
      return '密码里不要有自己的姓名（或拼音）和登录名';
  if (/^\d+$/.test(lower) && length < MIN_DIGITS_ONLY)
    return '不要只用数字（生日、电话、证件号码很容易被猜到），请加上几个字母或汉字';
  const letters = lettersOf(lower);
  const left = [unrepeated(lower), letters, fold(lower), lettersOf(fold(lower))].map((form) =>
    unrepeated(
      withoutCommon(form).replace(/\d+/g, (digits) => (digits.length > 4 ? digits.slice(0, 3) : '')),
    ),
  );
  if (Math.min(...left.map((rest) => [...lettersOf(rest)].length)) < 4)
    return '这个密码太常见，会最先被人拿来试，请换一个；可以用几个不相干的词连起来';
  return undefined;
}

/** Shorter ones would forbid too much. */
const MIN_OWN_WORD = 3;

function ownWords({ login, name }: { login: string; name: string }): string[] {
  const plain = name.normalize('NFKC').toLowerCase().replace(/\s/g, '');
  const syllables = pinyin(plain, { toneType: 'none', type: 'array' }).join('').replace(/\s/g, '');
  const isChinese = /\p{Script=Han}{2}/u.test(plain);
  return [
    ...(isChinese ? [plain] : []),
    ...[login.toLowerCase(), plain, syllables].filter((word) => word.length >= MIN_OWN_WORD),
  ];
}

/** Without letters and digits that look alike: it is read out or written on a slip. */
const CLEAR = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A password for one login, `k7mx-p2wq-9hta` (60 bits). */
export const temporaryPassword = (): string =>
  Array.from({ length: 3 }, () =>
    Array.from({ length: 4 }, () => CLEAR[randomInt(CLEAR.length)]).join(''),
  ).join('-');
