import { Hono } from 'hono';
import { siteSettingsOf } from '../../../../src/types/site-settings.ts';
import type { CountyMap } from '../../../protocol/county-map.ts';
import type { Session } from '../../../protocol/session.ts';
import { type BuildStatus, type DrawnPage, previewRequest } from '../../../protocol/site.ts';
import { countyMapOf, countyOf } from '../../services/county-map.ts';
import { allNames } from '../../services/uses.ts';
import type { Signed } from '../access.ts';
import { bodyOf, limitText } from './body.ts';
import type { ApiOptions } from './options.ts';

/** Who is signed in, how far the site is built, the county's map, the preview of a page. */

export function siteRoutes({
  newsroom,
  status,
  previews,
}: Pick<ApiOptions, 'newsroom' | 'status' | 'previews'>): Hono<Signed> {
  const app = new Hono<Signed>();

  app.get('/session', (context) => {
    previews?.warm();
    const { name, themeColor } = siteSettingsOf(context.get('content'));
    return context.json({
      user: context.get('person'),
      site: { name, themeColor },
    } satisfies Session);
  });
  app.get('/status', async (context) => {
    const path = context.req.query('path');
    const { state, builtAt, message, live } = status();
    const isLive = live !== undefined && (!path || (await newsroom.holdsPublished(live, path)));
    return context.json({ state, builtAt, message, isLive } satisfies BuildStatus);
  });
  app.get('/map', (context) =>
    context.json(countyMapOf(countyOf(context.get('content'))) satisfies CountyMap),
  );
  app.get('/names', async (context) => context.json(await allNames(context.get('content'))));

  app.post('/preview', limitText, async (context) => {
    const entry = await bodyOf(context, previewRequest);
    const drawn: DrawnPage = (await previews?.draw(entry)) ?? { isLater: false };
    return context.json(drawn);
  });
  return app;
}
