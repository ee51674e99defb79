import type { APIRoute } from 'astro';
import { type OgPicture, ogPicture } from '../../../share/og.ts';
import { ogPictures } from '../../../site/share-pictures.ts';

export const getStaticPaths = ogPictures;

export const GET: APIRoute<OgPicture> = async ({ props }) =>
  new Response(new Uint8Array(await ogPicture(props)), { headers: { 'Content-Type': 'image/png' } });
