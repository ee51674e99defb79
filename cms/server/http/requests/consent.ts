import { html } from 'hono/html';
import type { SiteSettings } from '../../../../src/types/site-settings.ts';
import { KEEP_DAYS } from '../../stores/requests/store.ts';
import type { Markup } from '../page/index.ts';

/**
 * What a person has to know before sending personal data, and the box with which they agree: who handles it and how to
 * reach them, what for, which, for how long, and what they may ask for (个人信息保护法 articles 14, 17, 44–47).
 */

/** Name of the box. */
export const CONSENT = 'consent';

export const CONSENT_MISSING = '请先看一看怎样处理你填的内容，同意就勾上；不同意可以改用纸质申请，或者打电话';

/** Whom to ask, from the settings of the site. */
export const contactOf = ({ contact, requestsTo }: SiteSettings): string => contact ?? requestsTo ?? '';

const HOW_LONG = `加密存在本单位的服务器上，只有办公室排期的人能看；想要的日子过后 ${KEEP_DAYS} 天自动删除。`;

interface ConsentParts {
  site: SiteSettings;
  isTicked: boolean;
  fault: string | undefined;
}

export function consentFields({ site, isTicked, fault }: ConsentParts): Markup {
  const contact = contactOf(site);
  return html`<fieldset class="consent">
    <legend>你填的内容怎样处理</legend>
    <ul>
      <li><strong>谁处理</strong>：${site.association}${contact && `。联系：${contact}`}</li>
      <li><strong>用来做什么</strong>：只用来安排这一次大篷车，和你联系；不公开，不转给别人，不作别的用。</li>
      <li>
        <strong>收哪些</strong>：这张表上的学校或社区、日子、人数、场地，联系人的姓名和电话，你写的说明。
      </li>
      <li><strong>存多久</strong>：${HOW_LONG}</li>
      <li><strong>你可以</strong>：凭编号和口令随时查看、删除；要改的，告诉我们。</li>
    </ul>
    ${fault && html`<p class="problem" id="fault-${CONSENT}">${fault}</p>`}
    <label
      ><input
        type="checkbox"
        id="request-${CONSENT}"
        name="${CONSENT}"
        value="yes"
        required
        ${isTicked && html`checked`}
        ${fault && html`aria-invalid="true" aria-describedby="fault-${CONSENT}"`}
      />
      我看过了，同意为安排这一次大篷车处理我填的姓名、电话和说明</label
    >
  </fieldset>`;
}
