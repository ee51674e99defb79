import type { APIRoute } from 'astro';
import type { School } from '../../../../caravan/queries.ts';
import { paperFor } from '../../../../caravan/request/queries.ts';
import { requestDocx } from '../../../../caravan/request/request-docx.ts';
import { schools } from '../../../../types/caravan.ts';
import { itemsOf } from '../../../../queries/index.ts';

export const getStaticPaths = () =>
  itemsOf(schools).map((school) => ({ params: { school: school.id }, props: { school } }));

export const GET: APIRoute<{ school: School }> = async ({ props: { school } }) =>
  new Response(await requestDocx(paperFor(school)));
