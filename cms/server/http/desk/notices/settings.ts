import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { type Channel, NotSent, type Notices } from '../../../services/notices/index.ts';
import {
  type NoticeSettings,
  noticeSettings,
  ROBOT_KINDS,
  ROBOTS,
  type RobotKind,
  robotProblem,
} from '../../../services/notices/settings.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import { csrfField, formOf } from '../../page/forms.ts';
import { deskPage, type Markup } from '../../page/index.ts';
import { channelLabel } from './channels.ts';

/** 服务器设置 › 通知: the mail server and the robots. What is secret is never shown again; an empty field leaves it as it is. */

export interface NoticeSettingsParts {
  notices: Notices;
  audit: Pick<Audit, 'write'>;
}

type Form = Record<string, string>;

export function noticeSettingsPage({ notices, audit }: NoticeSettingsParts): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });
  const { settings } = notices;

  app.get('/', (context) => page(context, { notice: context.req.query('done') ? '已保存。' : undefined }));

  app.post('/', async (context) => {
    const form = await formOf(context);
    const asked = askedFor(form, settings.current());
    const parsed = noticeSettings.safeParse(asked);
    const problem = parsed.success
      ? firstRobotProblem(parsed.data, notices.rules.isPlainAllowed)
      : parsed.error.issues.map(({ message }) => message).join('；');
    if (!parsed.success || problem) return page(context, { problem, typed: form });
    settings.change(parsed.data);
    const detail = ['通知', ...channelsOf(parsed.data).map(channelLabel)].join('、');
    audit.write({ person: context.get('person'), action: 'settings', detail });
    const channel = channelsOf(parsed.data).find((one) => one === form.try);
    if (!channel) return context.redirect('./?done=1', 303);
    return tried(context, channel, form.tryTo ?? '');
  });

  const tried = async (context: Context, channel: Channel, to: string) => {
    if (channel === 'mail' && !to) return page(context, { problem: '请写试发到哪个邮箱' });
    try {
      await notices.sendTest(channel, to);
      return page(context, {
        notice: `已保存，${channelLabel(channel)}试发的一条发出去了，请看看收到没有。`,
      });
    } catch (error) {
      if (!(error instanceof NotSent)) throw error;
      return page(context, { problem: `已保存，可是${channelLabel(channel)}没有发出去：${error.message}` });
    }
  };

  function page(
    context: Context,
    {
      notice,
      problem,
      typed = {},
    }: { notice?: string | undefined; problem?: string | undefined; typed?: Form },
  ) {
    return deskPage(context, {
      title: '通知',
      notice,
      problem,
      status: problem ? 422 : 200,
      body: html`<p><a href="../">服务器设置</a></p>
        ${
          settings.isLocked() &&
          html`<p class="problem" role="alert">
            以前设的通知解不开：密钥文件 requests.key 换过。请重新填一遍。
          </p>`
        }
        <p>
          通知只说“一篇文章在等初审”这样的话和一个要登录的网址，没有标题，也没有稿子里的字。各人的邮箱在「我的账号」里自己填。
        </p>
        <form class="form" method="post">
          ${csrfField(context)} ${mailFields(settings.current(), typed)}
          ${ROBOT_KINDS.map((kind) => robotFields(kind, settings.current(), typed))}
          <fieldset>
            <legend>另外允许的主机（可不填）</legend>
            <label
              >主机名，用空格隔开
              <input
                name="extraHosts"
                value="${typed.extraHosts ?? settings.current().extraHosts.join(' ')}"
                placeholder="robot.example.cn"
              />
            </label>
            <small>单位自己的群聊系统才要填。机器人只往这些主机发，只用 https，不去内部网络。</small>
          </fieldset>
          <p class="actions"><button>保存</button></p>
        </form>`,
    });
  }
  return app;
}

const channelsOf = ({ mail, robots }: NoticeSettings): Channel[] => [
  ...(mail ? (['mail'] as const) : []),
  ...ROBOT_KINDS.filter((kind) => robots[kind]),
];

/** What was typed over what there is: an empty secret leaves the one that is kept. */
function askedFor(form: Form, current: NoticeSettings): unknown {
  const { mail } = current;
  const hosts = (form.extraHosts ?? '').split(/[\s,，、]+/).filter(Boolean);
  return {
    ...(form.host?.trim()
      ? {
          mail: {
            ...{ host: form.host, port: form.port, security: form.security, user: form.user ?? '' },
            // Another server must not get the password of the one before.
            password: form.password || (mail?.host === form.host.trim() ? mail.password : ''),
            ...{ from: form.from?.trim(), isInternal: form.isInternal === 'on' },
          },
        }
      : {}),
    robots: Object.fromEntries(
      ROBOT_KINDS.flatMap((kind) => {
        if (form[`${kind}-off`] === 'on') return [];
        const known = current.robots[kind];
        const url = form[`${kind}-url`]?.trim() || known?.url;
        if (!url) return [];
        const isNew = url !== known?.url;
        const secret = form[`${kind}-secret`]?.trim() || (isNew ? '' : (known?.secret ?? ''));
        return [[kind, { url, secret, keyword: form[`${kind}-keyword`] ?? '' }]];
      }),
    ),
    extraHosts: hosts,
  };
}

function firstRobotProblem(settings: NoticeSettings, isPlainAllowed: boolean): string | undefined {
  for (const kind of ROBOT_KINDS) {
    const robot = settings.robots[kind];
    const problem = robot && robotProblem(kind, robot.url, settings, isPlainAllowed);
    if (problem) return problem;
  }
  return undefined;
}

const SECURITY = {
  tls: '一开始就加密（多半是 465 端口）',
  starttls: '连上以后加密（多半是 587 端口）',
  none: '不加密（只用在单位内部网络）',
} as const;

function mailFields({ mail }: NoticeSettings, typed: Form): Markup {
  const value = (name: 'host' | 'port' | 'user' | 'from') => typed[name] ?? String(mail?.[name] ?? '');
  const security = typed.security ?? mail?.security ?? 'tls';
  const isInternal = 'host' in typed ? typed.isInternal === 'on' : mail?.isInternal === true;
  return html`<fieldset>
    <legend>邮件（可不填）</legend>
    <label
      >邮件服务器（SMTP） <input name="host" value="${value('host')}" placeholder="smtp.example.cn"
    /></label>
    <label>端口 <input name="port" inputmode="numeric" value="${value('port') || '465'}" /></label>
    <label
      >加密
      <select name="security">
        ${Object.entries(SECURITY).map(
          ([name, label]) =>
            html`<option value="${name}" ${name === security && html`selected`}>${label}</option>`,
        )}
      </select>
    </label>
    <label>账号 <input name="user" value="${value('user')}" autocomplete="off" /></label>
    <label
      >密码或授权码
      <input
        type="password"
        name="password"
        autocomplete="new-password"
        placeholder="${mail?.password ? '已保存，不改就空着' : ''}"
      />
    </label>
    <label>发件人的邮箱 <input type="email" name="from" value="${value('from')}" /></label>
    <label
      ><input type="checkbox" name="isInternal" ${isInternal && html`checked`} />
      邮件服务器在单位内部网络里</label
    >
    <label>试发到 <input type="email" name="tryTo" value="${typed.tryTo ?? ''}" /></label>
    <p><button class="plain" name="try" value="mail">保存，发一条试试</button></p>
  </fieldset>`;
}

/** Enough to know it again, without its key. */
const hint = (url: string) => (URL.canParse(url) ? `${new URL(url).hostname}，末尾 ${url.slice(-4)}` : '');

function robotFields(kind: RobotKind, { robots }: NoticeSettings, typed: Form): Markup {
  const { label } = ROBOTS[kind];
  const robot = robots[kind];
  return html`<fieldset>
    <legend>${label}群机器人（可不填）</legend>
    <label
      >机器人的地址（Webhook）
      <input
        type="password"
        name="${kind}-url"
        autocomplete="off"
        placeholder="${robot ? `已保存（${hint(robot.url)}），不改就空着` : ''}"
      />
      <small>在群的设置里添加机器人，把它的地址复制到这里。地址里有密钥，不要给别人看。</small>
    </label>
    ${
      kind !== 'wecom' &&
      html`<label
          >加签密钥（机器人开了加签才填）
          <input
            type="password"
            name="${kind}-secret"
            autocomplete="off"
            placeholder="${robot?.secret ? '已保存，不改就空着' : ''}"
          />
        </label>
        <label
          >关键词（机器人设了关键词才填）
          <input
            name="${kind}-keyword"
            value="${typed[`${kind}-keyword`] ?? robot?.keyword ?? ''}"
            maxlength="20"
          />
        </label>`
    }
    ${robot && html`<label><input type="checkbox" name="${kind}-off" /> 不再发到这个群（保存以后删去地址和密钥）</label>`}
    <p><button class="plain" name="try" value="${kind}">保存，发一条试试</button></p>
  </fieldset>`;
}
