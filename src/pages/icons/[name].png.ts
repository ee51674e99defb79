import type { APIRoute } from 'astro';
import { ICONS, iconPng, type SiteIcon } from '../../site/icons.ts';

export const getStaticPaths = () => ICONS.map((icon) => ({ params: { name: icon.name }, props: { icon } }));

/** The seal as PNG. */
export const GET: APIRoute<{ icon: SiteIcon }> = async ({ props }) =>
  new Response(new Uint8Array(await iconPng(props.icon)), { headers: { 'Content-Type': 'image/png' } });
