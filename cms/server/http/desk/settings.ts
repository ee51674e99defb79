import { Hono } from 'hono';
import { html } from 'hono/html';
import type { z } from 'zod';
import { type Person, ROLES } from '../../../protocol/roles.ts';
import { STEPS, type Step } from '../../../protocol/review.ts';
import type { Audit } from '../../stores/audit.ts';
import type { GitHost, GitHostStatus } from '../../services/git-host/index.ts';
import type { OutsideLinks } from '../../services/outside-links/index.ts';
import { type ServerSettings, type SettingsStore, serverSettings } from '../../stores/settings/index.ts';
import { deskPage, type Markup } from '../page/index.ts';
import { timeOf } from '../page/time.ts';
import type { Signed } from '../access.ts';
import { csrfField } from '../page/forms.ts';

/** 服务器设置: how this office reviews, and how the server is reached. */

const STEP_NAMES = Object.keys(STEPS) as Step[];

const LABELS: Record<keyof ServerSettings, string> = {
  network: '允许别的电脑访问',
  publicUrl: '网址',
  proxy: '代理的 IP 地址',
  steps: '审核步骤',
  twoStepFrom: '必须用两步验证的人',
  idleMinutes: '多久不用要重新登录',
  uploadMbEach: '每人三十天里上传',
  uploadMbAll: '全部上传的文件',
  firstRunReminder: '开站向导的提醒',
  outsideLinks: '每天检查外部链接',
  gitHost: 'Git 平台',
};

const filled = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

/** What was typed into some fields; one that the form does not have stays as it is. */
const typedOver = (form: Record<string, unknown>, current: ServerSettings, names: (keyof ServerSettings)[]) =>
  Object.fromEntries(names.map((name) => [name, name in form ? filled(form[name]) : current[name]]));

/** Every value of a field that may be there several times. */
const all = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

export interface SettingsParts {
  settings: SettingsStore;
  gitHost: GitHost;
  outsideLinks: Pick<OutsideLinks, 'checkIfDue'>;
  audit: Audit;
  /** Whether a person uses two-step login. */
  hasTwoStep: (person: Person) => boolean;
}

export function settingsPage({
  settings,
  gitHost,
  outsideLinks,
  audit,
  hasTwoStep,
}: SettingsParts): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/', (context) =>
    deskPage(context, {
      title: '服务器设置',
      notice: context.req.query('done') ? '已保存。网络方面的改动要重新启动服务才生效。' : undefined,
      body: html`${copyState(gitHost.status())}
        <form class="form" method="post">${csrfField(context)} ${fields(settings.current())}</form>`,
    }),
  );

  app.post('/', async (context) => {
    const form = await context.req.parseBody({ all: true });
    const url = filled(form.gitUrl);
    const asked = {
      network: form.network === 'on',
      publicUrl: filled(form.publicUrl),
      proxy: filled(form.proxy),
      steps: all(form.steps),
      ...typedOver(form, settings.current(), ['twoStepFrom', 'idleMinutes', 'uploadMbEach', 'uploadMbAll']),
      firstRunReminder: settings.current().firstRunReminder,
      outsideLinks: form.outsideLinks === 'on',
      ...(url ? { gitHost: { url, branch: filled(form.gitBranch) || 'main' } } : {}),
    };
    const parsed = serverSettings.safeParse(asked);
    const problem = parsed.success
      ? twoStepProblem(parsed.data, hasTwoStep(context.get('person')))
      : sentenceOf(parsed.error);
    if (!parsed.success || problem)
      return deskPage(context, {
        title: '服务器设置',
        problem,
        body: html`<form class="form" method="post">
          ${csrfField(context)} ${fields({ ...settings.current(), ...asked } as unknown as ServerSettings)}
        </form>`,
        status: 422,
      });
    const before = settings.current();
    settings.change(parsed.data);
    gitHost.request();
    outsideLinks.checkIfDue();
    const changed = (Object.keys(LABELS) as (keyof ServerSettings)[]).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(parsed.data[name]),
    );
    const detail = changed.map((name) => LABELS[name]).join('、') || '没有变化';
    audit.write({ person: context.get('person'), action: 'settings', detail });
    return context.redirect('./?done=1', 303);
  });
  return app;
}

/** An administrator who asks it of others would be stopped by it at the next page. */
const twoStepProblem = ({ twoStepFrom }: ServerSettings, isOn: boolean): string | undefined =>
  twoStepFrom !== '' && !isOn ? '请先在「我的账号」里给自己开启两步验证，再要求大家用' : undefined;

function copyState({ state, pushedAt, problem }: GitHostStatus): Markup {
  if (state === 'off') return html``;
  const last = pushedAt ? `上一次推送：${timeOf(pushedAt)}。` : '';
  if (problem) return html`<p class="problem" role="alert">Git 平台：${problem}。${last}</p>`;
  return html`<p class="muted">Git 平台：${state === 'pushed' ? '已推送。' : '正在推送。'}${last}</p>`;
}

const sentenceOf = ({ issues }: z.ZodError) =>
  issues.map(({ path, message }) => `「${LABELS[path[0] as keyof ServerSettings]}」${message}`).join('；');

function fields(settings: ServerSettings): Markup {
  const { network, publicUrl, proxy, steps, outsideLinks, gitHost } = settings;
  const checked = (on: boolean) => (on ? html`checked` : '');
  return html`<fieldset>
      <legend>${LABELS.steps}</legend>
      ${STEP_NAMES.map(
        (step) =>
          html`<label
            ><input type="checkbox" name="steps" value="${step}" ${checked(steps.includes(step))} />
            ${STEPS[step].label}（由「${ROLES[STEPS[step].role]}」以上的人来审）</label
          >`,
      )}
      <small
        >每一步由不同的人审，审的人都没有写过这一稿。人手少的单位可以只留终审；一步都不选时，「发布」以上的人写完就能发布，只适合试用。</small
      >
    </fieldset>
    <fieldset>
      <legend>网络</legend>
      <label
        ><input type="checkbox" name="network" ${checked(network)} />
        允许别的电脑访问（重新启动后生效）</label
      >
      <label>
        ${LABELS.publicUrl}
        <input type="url" name="publicUrl" value="${publicUrl}" placeholder="https://kexie.example.cn" />
        <small>大家用来打开网站的网址。前面有代理时必须填，登录只认这个网址。</small>
      </label>
      <label>
        ${LABELS.proxy}
        <input name="proxy" value="${proxy}" placeholder="127.0.0.1" />
        <small>只相信这一个地址转来的访客信息；没有代理就空着。</small>
      </label>
    </fieldset>
    ${signInFields(settings)}
    <fieldset>
      <legend>上传</legend>
      <label>
        ${LABELS.uploadMbEach}，最多几 MB
        <input name="uploadMbEach" inputmode="numeric" value="${settings.uploadMbEach}" required />
      </label>
      <label>
        ${LABELS.uploadMbAll}，最多几 MB
        <input name="uploadMbAll" inputmode="numeric" value="${settings.uploadMbAll}" required />
        <small>图片、附件、视频都算。删除了的还留在历史里，磁盘上占的比这里多。</small>
      </label>
    </fieldset>
    <fieldset>
      <legend>通知</legend>
      <p>
        有稿子要审、退回、发布了，发邮件给各人，或者发到企业微信、钉钉、飞书的群里。<a href="notices/"
          >设通知</a
        >
      </p>
    </fieldset>
    <fieldset>
      <legend>外部链接</legend>
      <label
        ><input type="checkbox" name="outsideLinks" ${checked(outsideLinks)} /> ${LABELS.outsideLinks}</label
      >
      <small
        >每天打开一遍内容里别的网站的链接，打不开的列在「待办」里。只看打不打得开，不下载内容，也不打开内部网络的地址。</small
      >
    </fieldset>
    <fieldset>
      <legend>${LABELS.gitHost}（可不填）</legend>
      <label>
        仓库地址
        <input name="gitUrl" value="${gitHost?.url ?? ''}" placeholder="https://gitee.com/…" />
        <small>每次发布后，把内容推送到这个仓库作为备份。令牌或密钥怎样放，见 docs/operate.md。</small>
      </label>
      <label>分支 <input name="gitBranch" value="${gitHost?.branch ?? 'main'}" /></label>
    </fieldset>
    <p class="actions"><button>保存</button></p>`;
}

const TWO_STEP = {
  '': '自己决定',
  administrator: `「${ROLES.administrator}」`,
  publisher: `「${ROLES.publisher}」和「${ROLES.administrator}」`,
} satisfies Record<ServerSettings['twoStepFrom'], string>;

const signInFields = ({ twoStepFrom, idleMinutes }: ServerSettings): Markup =>
  html`<fieldset>
    <legend>登录</legend>
    <label>
      ${LABELS.twoStepFrom}
      <select name="twoStepFrom">
        ${Object.entries(TWO_STEP).map(
          ([value, label]) =>
            html`<option value="${value}" ${value === twoStepFrom && html`selected`}>${label}</option>`,
        )}
      </select>
      <small>还没有开启的人，下一次打开工作台或登录时先要开启，才能做别的。</small>
    </label>
    <label>
      ${LABELS.idleMinutes}（分钟）
      <input name="idleMinutes" inputmode="numeric" value="${idleMinutes}" required />
      <small>10 到 720 分钟。编辑器里没有保存的内容不会丢，重新登录以后接着写。</small>
    </label>
  </fieldset>`;
