import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import { now } from '../../../../../src/calendar/today.ts';
import { labelOf } from '../../../../../src/model/labels.ts';
import { readFileParts, writeFile } from '../../../../documents/format.ts';
import { type Place, placeOf } from '../../../../documents/places.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';
import { STAGES } from '../../../../protocol/review.ts';
import type { Faults } from '../../../../results/apply.ts';
import type { Data } from '../../../../results/form.ts';
import { Refused } from '../../../services/refused.ts';
import { allNames } from '../../../services/uses.ts';
import { readPlace } from '../../../stores/content/published.ts';
import type { Signed } from '../../access.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { deskPage, rootOf } from '../../page/index.ts';
import { whenAndWhere } from '../results/form-page.ts';
import { RESULT_TYPES } from '../../../../results/happening.ts';
import { announced, cancel, type ChangeTask } from './changes.ts';
import { doneAt } from './new-routes.ts';
import { formPage, HURRY, lookPage } from './pages.ts';
import { canHurry, faultsOf, lastStepOf, saveTask, type SavingParts } from './saving.ts';
import { postedValues, type Values, valuesOf } from './values.ts';

/** The pages of 改期 and 取消: of one event or stop. */

interface Opened {
  place: Place;
  file: StoredFile;
  data: Data;
  body: string;
  /** The front matter that is on the site; undefined when it never was. */
  published: Data | undefined;
}

const LABELS: Readonly<Record<string, string>> = {
  day: '新的日子',
  time: '新的时间',
  lastDay: '最后一天',
  reason: '原因',
  advice: '告诉打算来的人的话',
  afterwards: '以后',
};
/** Which control a field of the entry belongs to. */
const CONTROLS = { start: 'day', end: 'time', changeReason: 'reason', state: 'reason' };

export function changeRoutes(task: ChangeTask, parts: SavingParts): Hono<Signed> {
  const { newsroom } = parts;
  const app = new Hono<Signed>({ strict: false });

  /** The event or stop of an address; undefined when there is none, or it cannot be read. */
  function open(context: Context<Signed>): Opened | undefined {
    const content = context.get('content');
    const path = `content/${context.req.param('type')}/${context.req.param('slug')}.mdx`;
    const place = placeOf(content, path);
    if (!place || !RESULT_TYPES.some(({ name }) => name === place.kind)) return undefined;
    const file = newsroom.read(path);
    const now = file && placeOf(content, file.path);
    if (!now) return undefined;
    try {
      const live = readPlace(now);
      return {
        place: now,
        file,
        ...readFileParts(file.text, now.format),
        published: live && readFileParts(live.parsed, now.format).data,
      };
    } catch {
      return undefined;
    }
  }

  const ask = (
    context: Context<Signed>,
    opened: Opened,
    values: Values,
    faults: Faults = {},
    problem?: string,
  ) => {
    const { file, data, published, place } = opened;
    return formPage(context, {
      title: task.title,
      lead: html`<p>
          <strong>${data.title}</strong><br />${whenAndWhere(data)}
          <a href="${editorAddress(rootOf(context), file.path)}">在编辑后台打开</a>
        </p>
        ${
          file.stage !== 'published' &&
          html`<p class="notice">
            这一条是「${STAGES[file.stage]}」${published ? '，有没发布的修改，会和这次一起送审' : '，还没有发布过，访客还不知道'}${
              file.stage === 'draft' ? '' : '；保存以后要从头审起'
            }。
          </p>`
        }`,
      questions: task.questions(
        { values, faults },
        { data, isPublished: published !== undefined, now: now() },
      ),
      faults,
      problem,
      kept: { version: file.version, [HURRY]: values.one(HURRY) },
      labelOf: (name) => LABELS[name] ?? labelOf(place.schema, name),
    });
  };

  app.get('/:type/:slug', (context) => {
    const opened = open(context);
    if (!opened)
      return missing(context, '没有这个活动，或者它的文件读不懂：可能已经删除，或者要先在编辑后台改正。');
    const why = whyNot(task, opened);
    if (why) return missing(context, why, opened);
    const { data } = opened;
    const place = typeof data.place === 'string' ? data.place : '';
    return ask(context, opened, valuesOf([['place', place]]));
  });

  app.post('/:type/:slug', async (context) => {
    const opened = open(context);
    if (!opened) return missing(context, '没有这个活动，可能刚刚被删除了。');
    const why = whyNot(task, opened);
    if (why) return missing(context, why, opened);
    const { place, file, data, body, published } = opened;
    const person = context.get('person');
    const sent = await postedValues(context);
    const step = sent.one('step');
    if (step === 'edit') return ask(context, opened, sent);
    if (sent.one('version') !== file.version) {
      const who = file.name ? `「${file.name}」` : '别人';
      return ask(
        context,
        opened,
        sent,
        {},
        `你填的时候，${who}改了这一条，所以还没有保存。上面是现在的样子，对一对再按下一步。`,
      );
    }
    const read = task.read(sent, { data, published, now: now() });
    const text = writeFile({ data: read.data, body }, place.format, place.schema, file.text);
    const problems = await newsroom.problemsIn({ path: file.path, text });
    const { text: announcement, problems: refused } = announced(published, read.data, now());
    const asked = new Set(Object.keys(LABELS).concat('place'));
    const faults = { ...faultsOf(problems, place.schema, CONTROLS, asked), ...read.faults };
    if (Object.keys(faults).length > 0) return ask(context, opened, sent, faults);
    if (refused.length > 0) return ask(context, opened, sent, {}, `不能这样改：${refused.join('；')}`);
    const look = async (problem?: string) => {
      const review = await newsroom.review(file.path, person);
      return lookPage(context, {
        title: task.title,
        type: place.type as NonNullable<Place['type']>,
        data: read.data,
        body: '',
        names: await allNames(context.get('content')),
        problems,
        values: sent,
        kept: { version: file.version },
        lastStep: lastStepOf(review, person),
        canHurry: canHurry(review, person),
        hasOthers: file.stage !== 'published',
        problem,
        announcement,
      });
    };
    if (!isStep(step)) return look();
    const comment = step === 'urgent' ? sent.one(HURRY) : undefined;
    if (comment === '') return look('没有保存：先发后审要写明为什么来不及审，审的人要看。');
    try {
      const accepted = sent.all('seen').map((value) => value.slice(value.indexOf('|') + 1));
      const { path, version } = file;
      const wanted = { person, path, text, version, title: task.title, step, accepted, comment };
      const left = await saveTask(parts, wanted);
      return context.redirect(doneAt(path, left, '../../../'), 303);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return ask(context, opened, sent, {}, `没有保存：${error.message}`);
    }
  });
  return app;
}

const isStep = (step: string): step is 'save' | 'submit' | 'publish' | 'urgent' =>
  ['save', 'submit', 'publish', 'urgent'].includes(step);

/** Why an entry cannot be changed in this way, a Chinese sentence. */
function whyNot(task: ChangeTask, { data, published }: Opened): string | undefined {
  if (data.state === 'cancelled')
    return '这一条已经取消了。要恢复举办，请在编辑后台把状态改成「确认」，写明为什么又办。';
  if (data.state === 'completed') return '这一条已经办完了，不能再改期或取消。';
  if (task === cancel && !published)
    return '这一条还没有发布过，访客不知道它：在编辑后台放弃草稿就行，不用发取消的消息。';
  return undefined;
}

const missing = (context: Context, problem: string, opened?: Opened) =>
  deskPage(context, {
    title: '改期、取消',
    problem,
    body: html`<p class="actions">
      ${opened && html`<a class="button" href="${editorAddress(rootOf(context), opened.file.path)}">在编辑后台打开</a>`}
      <a class="button plain" href="../../../change/">返回</a>
    </p>`,
    status: opened ? 409 : 404,
  });
