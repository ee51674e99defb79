import type { APIRoute } from 'astro';
import { changesFeed } from '../../../happenings/changes/change-log.ts';
import { atomResponse } from '../../../feeds/atom.ts';

export const GET: APIRoute = async () => atomResponse(await changesFeed('events'));
