import type { APIRoute } from 'astro';
import type { OnlineRequests } from '../../../caravan/request/request.ts';

/** A site without its server takes no requests; the publishing server answers this address itself. */
export const GET: APIRoute = () => Response.json({ open: false } satisfies OnlineRequests);
