import type { Context, Hono } from 'hono';
import type { Requests } from '../../services/requests/index.ts';
import type { Audit } from '../../stores/audit.ts';
import type { Signed } from '../access.ts';
import { type CreateDraft, deskRoutes } from './desk.ts';
import { publicRoutes } from './public.ts';

/** The pages on which a visit of the caravan is asked for, and the queue of the office. */

export interface RequestRoutesOptions {
  requests: Requests;
  createDraft: CreateDraft;
  audit: Audit;
  /** Network address of the caller; by default what `knowsClient` found. */
  addressOf?: (context: Context) => string;
}

export interface RequestRoutes {
  /** Below `/api/requests`, for all visitors. */
  publicRoutes: Hono;
  /** Below `/admin/desk/requests`, for the office. */
  deskRoutes: Hono<Signed>;
}

export const requestRoutes = ({
  requests,
  createDraft,
  audit,
  addressOf = (context) => context.get('client')?.address ?? '',
}: RequestRoutesOptions): RequestRoutes => ({
  publicRoutes: publicRoutes({ requests, addressOf, audit }),
  deskRoutes: deskRoutes({ requests, audit, createDraft }),
});
