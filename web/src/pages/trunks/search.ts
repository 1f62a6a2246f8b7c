import { oneOf, present, text } from '@/parts/search-text.ts';

export const tabs = ['numbers', 'callers', 'test'] as const;

export interface TrunksSearch {
  tab?: (typeof tabs)[number]; // absent: the trunks themselves
  q?: string;
  trunk?: string; // the one that is being changed; "new": made
}

export const trunksSearch = (search: Record<string, unknown>): TrunksSearch => present({ tab: oneOf(search['tab'], tabs), q: text(search['q']), trunk: /^(\d{1,9}|new)$/.exec(text(search['trunk']) ?? '')?.[0] });
