// Routes of the browser's session and of the second factor, until docs/openapi.json carries them.
import type { components } from './schema.d.ts';

type Problems = { default: { headers: Record<string, unknown>; content: { 'application/problem+json': components['schemas']['problem'] } } };
type Answer<Status extends number, Body> = { responses: { [S in Status]: { headers: Record<string, unknown>; content: { 'application/json': Body } } } & Problems };
type Empty = { responses: { 204: { headers: Record<string, unknown>; content?: never } } & Problems };
type Takes<Body> = { requestBody: { content: { 'application/json': Body } } };
type Nothing = { query?: never; header?: never; path?: never; cookie?: never };
type Bare = { parameters: Nothing };
type Post<O> = Bare & { post: Bare & O };

export type OwnAccount = components['schemas']['own_account'] & { second_factor?: boolean };

export interface BrowserPaths {
  '/point/browser/login': Post<Takes<{ login: string; password: string; code?: string }> & Answer<200, OwnAccount>>;
  '/point/browser/logout': Post<Empty>;
  '/point/me/second-factor': Post<Takes<{ password: string }> & Answer<200, { secret: string; uri: string }>> & { delete: Bare & Takes<{ password: string }> & Empty };
  '/point/me/second-factor/confirm': Post<Takes<{ code: string }> & Answer<200, { recovery_codes: string[] }>>;
}
