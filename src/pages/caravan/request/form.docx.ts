import type { APIRoute } from 'astro';
import { paperFor } from '../../../caravan/request/queries.ts';
import { requestDocx } from '../../../caravan/request/request-docx.ts';

export const GET: APIRoute = async () => new Response(await requestDocx(paperFor()));
