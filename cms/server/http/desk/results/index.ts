import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Problem } from '../../../../../src/model/problems.ts';
import { siteSettingsOf } from '../../../../../src/types/site-settings.ts';
import { indicators } from '../../../../../src/types/statistics.ts';
import { readFileParts } from '../../../../documents/format.ts';
import { type Place, placeOf } from '../../../../documents/places.ts';
import type { StoredFile } from '../../../../protocol/entries.ts';
import { STAGES } from '../../../../protocol/review.ts';
import { kindOf, suggestedFor } from '../../../../results/dictionary.ts';
import {
  type Data,
  formOf,
  groupsIn,
  newRow,
  type ResultsForm,
  withSuggestions,
} from '../../../../results/form.ts';
import type { Newsroom } from '../../../services/newsroom/index.ts';
import { Refused } from '../../../services/refused.ts';
import type { Audit } from '../../../stores/audit.ts';
import type { Signed } from '../../access.ts';
import { subjectOf } from '../../api/subject.ts';
import { editorAddress } from '../../page/editor-address.ts';
import { deskPage, type Markup, rootOf } from '../../page/index.ts';
import { type FormPage, formPage } from './form-page.ts';
import { RESULT_TYPES } from '../../../../results/happening.ts';
import { formAddress, happeningsOf, listPage, RESULTS_TITLE } from './list-page.ts';
import { postedForm } from './posted.ts';
import { resultsSheetRoutes } from './sheet.ts';
import { currentForm, textWith, type UploadParts, uploadPhotos, withTheirs } from './saving.ts';

/** 补成果: the results of events and stops, filled in on a phone in two minutes. */

export interface ResultsParts {
  newsroom: Pick<
    Newsroom,
    'list' | 'folder' | 'waiting' | 'read' | 'save' | 'act' | 'review' | 'uploadBytes' | 'titleOf'
  >;
  audit: Audit;
  uploadQuota?: UploadParts['uploadQuota'];
}

/** An event or a stop that is to be filled in. */
interface Opened {
  place: Place;
  file: StoredFile;
  data: Data;
}

export function resultsRoutes({ newsroom, audit, uploadQuota }: ResultsParts): Hono<Signed> {
  const app = new Hono<Signed>({ strict: false });

  app.get('/', async (context) => {
    const happenings = await happeningsOf(newsroom);
    const done = context.req.query('done');
    return listPage(context, { happenings, ...(done ? await outcomeOf(context, done) : {}) });
  });

  app.route(
    '/sheet',
    resultsSheetRoutes({
      newsroom,
      saveDraft: ({ person, ...request }) => newsroom.save(person, request),
      audit,
    }),
  );

  /** What has just been saved, and what still has to be corrected before it is published. */
  async function outcomeOf(context: Context<Signed>, done: string) {
    const opened = open(context, `content/${done}.mdx`);
    if (!opened) return {};
    const { file, data } = opened;
    const { problems, stage } = await newsroom.review(file.path, context.get('person'));
    const errors = problems.filter(({ severity }) => severity === 'error').length;
    const isDraft = stage === 'draft';
    return {
      notice: `「${String(data.title)}」的成果已保存，现在是「${STAGES[stage]}」。`,
      problem:
        errors > 0 ? `这一条还有 ${errors} 处要改，改好才能${isDraft ? '提交审核、' : ''}发布。` : undefined,
      after: html`<section class="panel">
        ${problems.length > 0 && problemList(problems)}
        <p class="actions">
          <a class="button plain" href="${editorAddress(rootOf(context), file.path)}"
            >${isDraft ? '在编辑后台看看、送审' : '在编辑后台打开'}</a
          >
          <a class="button plain" href="${formAddress(file.path)}">再改这一条</a>
        </p>
      </section>`,
    };
  }

  /** The event or stop at a path; undefined when there is none, or it cannot be read. */
  function open(context: Context<Signed>, path: string): Opened | undefined {
    const place = placeOf(context.get('content'), path);
    if (!place || !RESULT_TYPES.some(({ name }) => name === place.kind)) return undefined;
    const file = newsroom.read(path);
    // Its address may have changed since the link was made.
    const now = file && placeOf(context.get('content'), file.path);
    if (!now) return undefined;
    try {
      const { data } = readFileParts(file.text, now.format);
      const isReadable = ['results', 'photos'].every(
        (name) =>
          data[name] === undefined || groupsIn(data[name]).length === (data[name] as unknown[]).length,
      );
      return isReadable ? { place: now, file, data } : undefined;
    } catch {
      return undefined;
    }
  }

  const opened = (context: Context<Signed>) =>
    open(context, `content/${context.req.param('type')}/${context.req.param('slug')}.mdx`);

  /** The page of an entry with a form. */
  async function show(
    context: Context<Signed>,
    { place, file, data }: Opened,
    { form, rows = 0, ...more }: Partial<FormPage> & { form: ResultsForm; rows?: number },
  ) {
    const content = context.get('content');
    const dictionary = content.list(indicators).items;
    const all = await newsroom.list(`content/${place.kind}`);
    const kind = kindOf(place.kind, data);
    const suggested = suggestedFor(kind, dictionary, () =>
      (all ?? []).flatMap((entry) =>
        entry.data && kindOf(place.kind, entry.data) === kind ? [entry.data] : [],
      ),
    );
    const { steps } = await newsroom.review(file.path, context.get('person'));
    const full = withSuggestions(form, suggested);
    const free = Array.from({ length: rows }, () => newRow());
    return formPage(context, {
      place,
      file,
      data,
      was: currentForm(place, file),
      evidence: '',
      dictionary,
      faults: {},
      theirs: {},
      isReviewed: steps.length > 0,
      association: siteSettingsOf(content).association,
      ...more,
      form: { ...full, rows: [...full.rows, ...free] },
    });
  }

  app.get('/:type/:slug', async (context) => {
    const entry = opened(context);
    return entry ? show(context, entry, { form: formOf(entry.data), rows: 1 }) : missing(context);
  });

  app.post('/:type/:slug', async (context) => {
    const entry = opened(context);
    if (!entry) return missing(context);
    const { place, file } = entry;
    const person = context.get('person');
    const posted = await postedForm(context);
    const license = `${siteSettingsOf(context.get('content')).association}拍摄`;
    const { photos, refusals } = await uploadPhotos({ newsroom, uploadQuota }, person, posted.files, license);
    for (const { src } of photos) audit.write({ person, action: 'upload', target: src.slice(1) });
    posted.form.photos.push(...photos);
    const { form, theirs } = withTheirs(posted, file, currentForm(place, file));
    const { evidence, step } = posted;
    const problem = refusals.join('；') || undefined;
    if (Object.keys(theirs).length > 0) {
      const who = file.name ? `「${file.name}」` : '别人';
      const message = `你填的时候，${who}也改了这一条，所以还没有保存。两边不一样的地方下面写着对方的，你的还在格子里；改好再保存一次。`;
      return show(context, entry, { form, evidence, theirs, problem: message });
    }
    if (step === 'add' || step === 'upload') {
      const notice =
        photos.length > 0 ? `上传了 ${photos.length} 张，请给每张写一句话；还没有保存。` : undefined;
      return show(context, entry, { form, evidence, problem, notice });
    }
    const dictionary = context.get('content').list(indicators).items;
    const { text, faults } = await textWith({ place, file, form, evidence, dictionary });
    if (refusals.length > 0) faults.files = refusals.join('；');
    if (Object.keys(faults).length > 0) return show(context, entry, { form, evidence, faults });
    try {
      await save({ person, entry, text, isHandedIn: step === 'submit' });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return show(context, entry, { form, evidence, problem: error.message });
    }
    return context.redirect(`../../?done=${place.kind}/${place.slug}`, 303);
  });

  /** Saves the draft; one that still has errors is not handed in, which the next page says. */
  async function save(wanted: {
    person: Signed['Variables']['person'];
    entry: Opened;
    text: string;
    isHandedIn: boolean;
  }) {
    const { person, entry, text, isHandedIn } = wanted;
    const { path, version } = entry.file;
    const saved = await newsroom.save(person, { path, text, version });
    audit.write({ person, action: 'save', target: subjectOf(newsroom, path), detail: RESULTS_TITLE });
    if (!isHandedIn) return;
    const { actions, problems } = await newsroom.review(path, person);
    if (!actions.includes('submit') || problems.some(({ severity }) => severity === 'error')) return;
    await newsroom.act(person, path, saved.version, { action: 'submit' });
    audit.write({ person, action: 'submit', target: subjectOf(newsroom, path) });
  }
  return app;
}

const problemList = (problems: readonly Problem[]): Markup =>
  html`<ul class="findings">
    ${problems.map(
      ({ severity, field, message }) =>
        html`<li>
          <span class="tag ${severity === 'error' ? 'bad' : ''}"
            >${severity === 'error' ? '要改' : '提醒'}</span
          >
          <span>${field}${message}</span>
        </li>`,
    )}
  </ul>`;

const missing = (context: Context) =>
  deskPage(context, {
    title: RESULTS_TITLE,
    problem: '没有这个活动，或者它的文件读不懂：可能已经删除，或者要先在编辑后台改正。',
    body: html`<p><a class="button" href="../../">返回</a></p>`,
    status: 404,
  });
