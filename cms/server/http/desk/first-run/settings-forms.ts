import type { Context } from 'hono';
import { html } from 'hono/html';
import type { z } from 'zod';
import { metaOf, shapeOf } from '../../../../../src/model/schema.ts';
import { MOST_IN_MENU, SECTION_LABELS, USUAL_MENU } from '../../../../../src/types/sections.ts';
import { settings } from '../../../../../src/types/site.ts';
import { sealOf, type SiteSettings, sloganOf } from '../../../../../src/types/site-settings.ts';
import type { FirstRun } from '../../../services/first-run/index.ts';
import type { Signed } from '../../access.ts';
import { csrfField } from '../../page/forms.ts';
import type { Markup } from '../../page/index.ts';
import type { Typed } from './pages.ts';

/** Forms of the steps that write the settings of the site. */

const metaOfSetting = (name: string) => metaOf(shapeOf(settings.schema)[name] as z.ZodType);

/** Label and hint of a setting, as its definition has them. */
const labelOf = (name: string) => metaOfSetting(name)?.label ?? name;

const setting = (name: string, value: string | undefined, { isRequired = true, type = 'text' } = {}) => {
  const { label, hint, max } = metaOfSetting(name) ?? { label: name };
  return html`<label
    >${label}
    <input
      type="${type}"
      name="${name}"
      value="${value ?? ''}"
      ${max ? html`maxlength="${max}"` : ''}
      ${isRequired ? html`required` : ''}
    />
    ${hint && html`<small>${hint}</small>`}
  </label>`;
};

const NAMES = ['county', 'association', 'name', 'shortName'] as const;

/** 县和单位. */
export function countyForm(
  context: Context<Signed>,
  { site, run, values = {} }: { site: SiteSettings; run: FirstRun; values?: Typed['values'] },
): Markup {
  const begins = run.isToBegin();
  const shown = (name: (typeof NAMES)[number]) => values[name] ?? (begins ? undefined : site[name]);
  return html`<form class="form" method="post">
    ${csrfField(context)} ${NAMES.map((name) => setting(name, shown(name)))}
    ${setting('province', values.province ?? (begins ? '' : site.province), { isRequired: false })}
    <label
      >${labelOf('description')}
      <textarea name="description" rows="3" maxlength="160" required>
${values.description ?? (begins ? '' : site.description)}</textarea>
    </label>
    ${setting('url', values.url ?? (begins ? new URL(context.req.url).origin : site.url), { type: 'url' })}
    ${setting('contact', values.contact ?? (begins ? '' : site.contact), { isRequired: false })}
    ${begins ? beginning(run, values) : ''}
    <p class="actions"><button>${begins ? '换成本县的网站' : '保存'}</button></p>
  </form>`;
}

/** What becomes of the content that came with the program. */
function beginning(run: FirstRun, values: Readonly<Record<string, string>>): Markup {
  const { articles, left } = run.offer();
  if (articles === 0) return html``;
  const withArticles = values.articles !== 'none';
  return html`<fieldset>
    <legend>演示站的内容</legend>
    <p>
      活动、大篷车、基地、乡镇、学校、年度数据都是虚构的演示县的，换成本县的网站时全部撤下（留在内容库的历史里）。
    </p>
    <label
      ><input type="radio" name="articles" value="keep" ${withArticles ? html`checked` : ''} /> 留下
      ${articles} 篇科普文章</label
    >
    <small
      >照公开资料写的，都注明来源；不写演示县的作者和审稿专家，从今天起列在「待办」里，等本县的专家复核。</small
    >
    <label
      ><input type="radio" name="articles" value="none" ${withArticles ? '' : html`checked`} />
      都不留，从空白开始</label
    >
    ${
      left.length > 0 &&
      html`<details>
        <summary>有 ${left.length} 篇写着演示县的事，不会留下</summary>
        <ul>
          ${left.map((title) => html`<li>${title}</li>`)}
        </ul>
      </details>`
    }
  </fieldset>`;
}

/** Colours that suit the paper ground; any other can be chosen. */
const COLOURS = {
  '#1f6f5c': '松绿',
  '#274c77': '靛蓝',
  '#8a3324': '赭红',
  '#6b4e16': '麦褐',
  '#5b3a70': '藤紫',
  '#2f5d34': '草绿',
} as const;

/** 印章、颜色、标语和菜单. */
export function looksForm(
  context: Context<Signed>,
  { site, values = {} }: { site: SiteSettings; values?: Typed['values'] },
): Markup {
  const colour = (values.themeColor ?? site.themeColor).toLowerCase();
  const menu = values.menu?.split(',') ?? (site.menu.length > 0 ? site.menu : USUAL_MENU);
  return html`<form class="form" method="post">
    ${csrfField(context)} ${setting('seal', values.seal ?? sealOf(site).slice(0, 4), { isRequired: false })}
    ${setting('slogan', values.slogan ?? sloganOf(site), { isRequired: false })}
    <fieldset class="choices">
      <legend>${labelOf('themeColor')}</legend>
      ${Object.entries(COLOURS).map(
        ([value, label]) =>
          html`<label
            ><input type="radio" name="colour" value="${value}" ${value === colour ? html`checked` : ''} />
            <svg class="swatch" viewBox="0 0 20 20" aria-hidden="true">
              <rect width="20" height="20" fill="${value}" />
            </svg>
            ${label}</label
          >`,
      )}
      <label
        ><input type="radio" name="colour" value="" ${colour in COLOURS ? '' : html`checked`} /> 别的颜色
        <input type="color" name="themeColor" value="${colour}"
      /></label>
      <small>字和底色的对比，网站自己调到看得清。</small>
    </fieldset>
    <fieldset class="choices">
      <legend>${labelOf('menu')}</legend>
      ${Object.entries(SECTION_LABELS).map(
        ([name, label]) =>
          html`<label
            ><input
              type="checkbox"
              name="menu"
              value="${name}"
              ${menu.includes(name as never) ? html`checked` : ''}
            />
            ${label}</label
          >`,
      )}
      <small>最多 ${MOST_IN_MENU} 个，没有选的在页脚；顺序可以在「设置和名录 → 站点设置」里调。</small>
    </fieldset>
    <p class="actions">
      <button>保存</button>
      <button class="plain" formaction="./preview/" formtarget="_blank">看看样子（不保存）</button>
    </p>
  </form>`;
}
