import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MIN_PASSWORD, passwordProblem, temporaryPassword } from './password.ts';

const zhang = { login: 'zhangwei', name: '张伟' };

test.each([
  '河边的风车转得慢',
  'mai-tian-feng-che-7',
  'correct horse battery staple',
  'kettle umbrella 92',
  '小麦 玉米 高粱 荞麦',
  'Tr0ub4dor&3xyz',
  'xK9#mQ2$vL7p',
])('又长又不常见的密码可以用：%s', (password) => {
  expect(passwordProblem(`${password}。。`, zhang)).toBeUndefined();
});

test.each([
  ['短', '至少要 10 个字符'],
  ['abc12345', '至少要'],
  ['password123', '太常见'],
  ['P@ssw0rd2026', '太常见'],
  ['Admin@123456', '太常见'],
  ['adminadminadmin', '太常见'],
  ['qwertyuiop', '太常见'],
  ['1qaz2wsx3edc', '太常见'],
  ['abcdefghijk', '太常见'],
  ['woaini1314520', '太常见'],
  ['iloveyou2026!!', '太常见'],
  ['kepuwang2026', '太常见'],
  ['xkcdxkcdxkcd', '不同的字符太少'],
  ['aaaaaaaaaaaa', '不同的字符太少'],
  ['13812345678', '只用数字'],
  ['19900101123456', '只用数字'],
  ['Zhang.Wei-crops', '姓名'],
  ['zhangwei98765', '姓名'],
  ['我叫张伟我来自麦禾县城', '姓名'],
  ['ZHANGWEI!!abcx', '姓名'],
])('「%s」不能做密码，并说明原因', (password, reason) => {
  expect(passwordProblem(password, zhang)).toContain(reason);
});

test('全角字母和半角字母一样看待', () => {
  expect(passwordProblem('ｐａｓｓｗｏｒｄ１２３', zhang)).toContain('太常见');
});

test('不论打什么，能用的密码都够长，里面没有登录名，也没有姓名', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 40 }),
      fc.stringMatching(/^[a-z0-9]{3,12}$/),
      fc.constantFrom('张伟', '欧阳明月', 'Anna Li', '王'),
      (password, login, name) => {
        const person = { login, name };
        const problem = passwordProblem(password, person);
        if (problem === undefined) {
          expect([...password.normalize('NFKC')].length).toBeGreaterThanOrEqual(MIN_PASSWORD);
          expect(password.toLowerCase()).not.toContain(login);
        } else expect(problem).toMatch(/\p{Script=Han}/u);
        expect(passwordProblem(`${password}${login}ZZZZZZZZZZ`, person)).toBeDefined();
      },
    ),
  );
});

test('很长的密码也立刻有回答', () => {
  expect(passwordProblem('ab'.repeat(500_000), zhang)).toBeDefined();
  expect(passwordProblem(`${'a1b2c3d4'.repeat(15)}x!`, zhang)).toBeUndefined();
});

test('临时密码各不相同，自己也合乎密码的要求', () => {
  const made = Array.from({ length: 200 }, temporaryPassword);
  expect(new Set(made).size).toBe(200);
  for (const password of made) expect(password).toMatch(/^[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}$/);
});
