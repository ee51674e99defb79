import { type Context, Hono } from 'hono';
import { SECTIONS, type SectionName } from '../../../../../src/types/sections.ts';
import { settings as siteSettings } from '../../../../../src/types/site.ts';
import { type SiteSettings, siteSettingsOf } from '../../../../../src/types/site-settings.ts';
import type { SettingsChange } from '../../../services/first-run/index.ts';
import type { Signed } from '../../access.ts';
import { plainPage } from '../../page/index.ts';
import type { FirstRunParts } from './parts.ts';
import { stepPage, type Typed } from './pages.ts';
import { type Form, formOf, takeStep, textOf, textsOf, typed } from './posted.ts';
import { countyForm, looksForm } from './settings-forms.ts';

/** The steps that write the settings of the site: 县和单位, and its looks. */

/** Settings of a site without those of the demo county that a new one must not show. */
const COUNTY_FIELDS = [
  'county',
  'province',
  'association',
  'name',
  'shortName',
  'description',
  'url',
  'contact',
] as const;

const countyChange = (form: Form): SettingsChange =>
  Object.fromEntries(COUNTY_FIELDS.map((name) => [name, textOf(form, name)]));

function looksChange(form: Form): SettingsChange {
  const chosen = textsOf(form, 'menu').filter((name) => name in SECTIONS) as SectionName[];
  return {
    seal: textOf(form, 'seal'),
    slogan: textOf(form, 'slogan'),
    themeColor: textOf(form, 'colour') || textOf(form, 'themeColor'),
    menu: chosen,
  };
}

/** 县和单位；印章、颜色、标语和菜单. */
export function settingsSteps({ run, audit, previews }: Omit<FirstRunParts, 'settings'>): Hono<Signed> {
  const app = new Hono<Signed>();
  const siteOf = (context: Context<Signed>): SiteSettings => siteSettingsOf(context.get('content'));

  const county = (context: Context<Signed>, { values, ...told }: Typed = {}) =>
    stepPage(context, 'county', countyForm(context, { site: siteOf(context), run, values }), told);
  app.get('/county', (context) => county(context));
  app.post('/county', async (context) => {
    const form = await formOf(context);
    return takeStep(
      { audit },
      context,
      'county',
      async () => {
        const person = context.get('person');
        const change = countyChange(form);
        if (run.isToBegin())
          await run.begin(person, { change, withArticles: textOf(form, 'articles') === 'keep' });
        else await run.changeSettings(person, change);
        return undefined;
      },
      (told) => county(context, { ...told, values: typed(form) }),
    );
  });

  const looks = (context: Context<Signed>, { values, ...told }: Typed = {}) =>
    stepPage(context, 'looks', looksForm(context, { site: siteOf(context), values }), told);
  app.get('/looks', (context) => looks(context));
  app.post('/looks', async (context) => {
    const form = await formOf(context);
    return takeStep(
      { audit },
      context,
      'looks',
      async () => {
        await run.changeSettings(context.get('person'), looksChange(form));
        return undefined;
      },
      (told) => looks(context, { ...told, values: typed(form) }),
    );
  });
  app.post('/looks/preview', async (context) => {
    const text = run.settingsText(looksChange(await formOf(context)));
    const { name } = siteSettings;
    const drawn = await previews?.draw({ type: name, slug: name, text });
    context.header('Cache-Control', 'no-store');
    context.header('X-Robots-Tag', 'noindex');
    if (drawn?.html !== undefined) return context.html(drawn.html);
    const isLater = drawn?.isLater === true;
    return plainPage(context, {
      title: '还画不出来',
      problem: isLater
        ? '网站正在生成。请关掉这一页，过半分钟再按一次「看看样子」。'
        : '照现在填的还画不出首页。请关掉这一页，先按「保存」，再打开网站看。',
      body: [],
      status: isLater ? 503 : 422,
    });
  });

  return app;
}
