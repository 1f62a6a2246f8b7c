// What the pages of people and roles ask the server. Each look at people and sessions stands in the audit log, so nothing is asked again by itself.
import { queryOptions } from '@tanstack/react-query';
import { allPages } from '@/api/all-pages.ts';
import { api, ask, type Schemas } from '@/api/client.ts';

export type Person = Schemas['person_view'];
export type Role = Schemas['role_view'];
export type Permission = Schemas['permission_view'];
export type Session = Schemas['session_view'];
export type SigningKey = Schemas['signing_key_view'];

const quiet = { refetchOnWindowFocus: false, refetchOnReconnect: false, staleTime: 30_000 } as const;

export const peopleQuery = queryOptions({
  queryKey: ['people'],
  queryFn: ({ signal }) => allPages((after) => ask(api.GET('/point/people', { params: { query: { limit: '500', ...after } }, signal }))),
  ...quiet,
});

export const personQuery = (person: string) =>
  queryOptions({
    queryKey: ['people', person],
    queryFn: ({ signal }) => ask(api.GET('/point/people/{person}', { params: { path: { person } }, signal })),
    ...quiet,
  });

export const rolesQuery = queryOptions({ queryKey: ['roles'], queryFn: ({ signal }) => ask(api.GET('/point/roles', { signal })), refetchInterval: 60_000 });

/** All sessions, or those of one person. */
export const sessionsQuery = (person?: string) =>
  queryOptions({
    queryKey: ['sessions', person ?? ''],
    queryFn: ({ signal }) => allPages((after) => ask(api.GET('/point/sessions', { params: { query: { limit: '500', ...(person ? { person } : {}), ...after } }, signal }))),
    ...quiet,
  });

export const keysQuery = queryOptions({ queryKey: ['signing keys'], queryFn: ({ signal }) => ask(api.GET('/point/keys', { signal })), refetchInterval: 30_000 });

export const explainQuery = (person: string, permission: string) =>
  queryOptions({
    queryKey: ['explain', person, permission],
    queryFn: ({ signal }) => ask(api.GET('/point/permissions/explain', { params: { query: { person, permission } }, signal })),
    enabled: person !== '' && permission !== '',
  });

/** The version that a change was made from: the server refuses the change when there is a newer one. */
export const ifMatch = (version: number) => ({ 'If-Match': `"${version}"` });
