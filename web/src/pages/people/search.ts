// What of the pages of people stands in the URL.
import { oneOf, present, text } from '@/parts/search-text.ts';

export interface PeopleSearch {
  q?: string;
  role?: string;
  state?: 'active' | 'disabled';
}
export const peopleSearch = (search: Record<string, unknown>): PeopleSearch => present({ q: text(search['q']), role: text(search['role'], 30), state: oneOf(search['state'], ['active', 'disabled']) });

export interface RolesSearch {
  q?: string;
  role?: string; // the one being edited
  machines?: 'yes';
}
export const rolesSearch = (search: Record<string, unknown>): RolesSearch => present({ q: text(search['q']), role: text(search['role'], 30), machines: oneOf(search['machines'], ['yes']) });

export interface SessionsSearch {
  q?: string;
  kind?: 'people' | 'services';
}
export const sessionsSearch = (search: Record<string, unknown>): SessionsSearch => present({ q: text(search['q']), kind: oneOf(search['kind'], ['people', 'services']) });

export interface ExplainSearch {
  person?: string;
  permission?: string;
}
export const explainSearch = (search: Record<string, unknown>): ExplainSearch => present({ person: text(search['person'], 36), permission: text(search['permission'], 100) });
