import type { APIRoute } from 'astro';
import { RECALL } from '../shell/preferences/recall.ts';

/** Pages that browsers have kept from before the script stood in each page ask for it here. */
export const GET: APIRoute = () => new Response(RECALL, { headers: { 'Content-Type': 'text/javascript' } });
