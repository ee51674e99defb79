import type { MiddlewareHandler } from 'astro';
import { slimPage } from './style/slim/page.ts';

/** Every built page leaves out the styles that it does not use; while templates are edited, Vite brings the styles. */
export const onRequest: MiddlewareHandler = async (_, next) => {
  const response = await next();
  const isPage = response.headers.get('content-type')?.startsWith('text/html');
  if (!isPage || import.meta.env.DEV) return response;
  const { status, headers } = response;
  return new Response(slimPage(await response.text()), { status, headers });
};
