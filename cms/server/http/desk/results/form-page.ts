import type { Context } from 'hono';
import { html } from 'hono/html';
import { EVENT_STATES } from '../../../../../src/calendar/states.ts';
import { hasExactDay, knownDateText } from '../../../../../src/calendar/precision.ts';
import { rangeText } from '../../../../../src/calendar/text.ts';
import { metaOf, shapeOf } from '../../../../../src/model/schema.ts';
import { labelOf, optionsOf } from '../../../../../src/model/labels.ts';
import { STAGES } from '../../../../protocol/review.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';
import type { Place } from '../../../../documents/places.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Indicator } from '../../../../results/figure.ts';
import { dated } from '../../../../results/happening.ts';
import type { Data, ResultsForm } from '../../../../results/form.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { csrfField } from '../../page/forms.ts';
import { deskPage, rootOf } from '../../page/index.ts';
import { faultList, radios, textInput } from './controls.ts';
import { photoPart } from './photos.ts';
import { resultRows } from './rows.ts';

/** 「补成果」 of one event or stop: one page, made for a phone and for two minutes. */

export interface FormPage {
  place: Place;
  file: StoredFile;
  data: Data;
  /** With a row for each suggested indicator. */
  form: ResultsForm;
  /** What the entry has now, for the next comparison. */
  was: ResultsForm;
  evidence: string;
  dictionary: readonly Indicator[];
  faults: Faults;
  /** What another person has written meanwhile, by control. */
  theirs: Readonly<Record<string, string>>;
  problem?: string | undefined;
  notice?: string | undefined;
  /** Whether this office reviews texts, so that they are handed in. */
  isReviewed: boolean;
  /** Prefilled for photos that are uploaded here. */
  association: string;
}

const STATE_WORDS: Partial<Record<keyof typeof EVENT_STATES, string>> = {
  completed: '办完了',
  cancelled: '没有办，取消了',
};

/** 办完了 and 取消了, and the present state where it is another. */
function stateOptions(now: string): Record<string, string> {
  const others =
    now in EVENT_STATES && !(now in STATE_WORDS)
      ? { [now]: `还没有办，先不改（${EVENT_STATES[now as 'tentative']}）` }
      : {};
  return { ...(STATE_WORDS as Record<string, string>), ...others };
}

export function formPage(context: Context, page: FormPage): Response | Promise<Response> {
  const { place, file, data, form, was, faults, theirs, problem, notice, isReviewed } = page;
  const root = rootOf(context);
  const shape = shapeOf(place.schema);
  const metaAt = (name: string) => shape[name] && metaOf(shape[name]);
  const hasFaults = Object.keys(faults).length > 0;
  const parts = { faults, theirs };
  return deskPage(context, {
    title: '补成果',
    problem,
    notice,
    status: hasFaults ? 422 : Object.keys(theirs).length > 0 ? 409 : 200,
    body: html`<p class="lead">
        <strong>${data.title}</strong><br />${whenAndWhere(data)}
        <a href="${editorAddress(root, file.path)}">在编辑后台打开</a>
      </p>
      ${isWaiting(file) && html`<p class="notice">这一条是「${STAGES[file.stage]}」，保存以后回到草稿，要从头审起。</p>`}
      ${hasFaults && faultList(faults, (name) => labelOfControl(name, page))}
      <form class="form results" method="post" enctype="multipart/form-data" novalidate>
        ${csrfField(context)}
        <button class="visually-hidden" name="step" value="save" tabindex="-1" aria-hidden="true">
          存成草稿
        </button>
        <input type="hidden" name="version" value="${file.version}" />
        <input type="hidden" name="was" value="${JSON.stringify(was)}" />
        ${radios({ name: 'state', legend: '办了没有', options: stateOptions(String(data.state ?? '')), value: form.state, ...parts })}
        <div class="reason">
          ${textInput({ name: 'changeReason', label: '取消的原因', value: form.changeReason, hint: '取消时必填，网站上会公开显示。', ...parts })}
        </div>
        ${
          shape.sessions &&
          textInput({
            name: 'sessions',
            label: `${metaAt('sessions')?.label ?? '场次'}（场）`,
            hint: metaAt('sessions')?.hint ?? '',
            value: form.sessions,
            mode: 'numeric',
            ...parts,
          })
        }
        <h2>成果</h2>
        <p class="muted">不知道的空着，不要写 0。原始记录写「余」「多」「约」的，勾「约数」。</p>
        ${textInput({ name: 'evidence', label: '依据', value: page.evidence, hint: '签到表、照片、发放登记等。这次填的数，没有单独写依据的都记这一句。', ...parts })}
        ${resultRows({ rows: form.rows, dictionary: page.dictionary, ...parts })}
        <p class="actions">
          <button class="plain" name="step" value="add" formaction="#last-row">加一项</button>
        </p>
        ${textInput({ name: 'platform', label: metaAt('platform')?.label ?? '平台编号', hint: metaAt('platform')?.hint ?? '', value: form.platform, ...parts })}
        ${
          shape.uploads &&
          textInput({
            name: 'uploads',
            label: `${metaAt('uploads')?.label ?? '已上传场次'}（场）`,
            hint: metaAt('uploads')?.hint ?? '',
            value: form.uploads,
            mode: 'numeric',
            ...parts,
          })
        }
        <h2 id="photos">照片</h2>
        ${photoPart({ photos: form.photos, root, association: page.association, ...parts })}
        ${radios({ name: 'photoConsent', legend: '照片同意书', options: optionsOf(place.schema, 'photoConsent'), value: form.photoConsent, hint: metaAt('photoConsent')?.hint, ...parts })}
        <p class="actions save">
          <button name="step" value="save">存成草稿</button>
          ${isReviewed && html`<button class="plain" name="step" value="submit">保存并提交审核</button>`}
        </p>
      </form>`,
  });
}

const isWaiting = ({ stage }: StoredFile) => stage !== 'draft' && stage !== 'published';

/** Name of a control in the list of what has to be corrected. */
function labelOfControl(name: string, { place, form, dictionary }: FormPage): string {
  const [, group, number = ''] = /^(row|photo)-(\d+)-/.exec(name) ?? [];
  if (group === 'photo') return `第 ${Number(number) + 1} 张照片`;
  if (name === 'files') return '照片';
  const row = group ? form.rows[Number(number)] : undefined;
  if (row) return dictionary.find(({ id }) => id === row.indicator)?.name ?? '加一项';
  return labelOf(place.schema, name);
}

/** 「2026年10月24日 周六 8:00–12:00，石桥镇集贸市场」; of an inexact day only what is known. */
export function whenAndWhere(data: Data): string {
  const { place, dateNote } = data;
  const happening = dated(data);
  const when =
    happening &&
    (hasExactDay(happening)
      ? rangeText(happening.start, happening.end)
      : knownDateText(happening.start, happening));
  return [when, place, dateNote].filter(Boolean).join('，');
}
