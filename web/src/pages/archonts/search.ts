import { oneOf, present, text } from '@/parts/search-text.ts';
import { type Show, shows } from './hub-row.ts';

export interface ArchontsSearch {
  q?: string;
  show?: Show;
  sort?: string;
}

export const archontsSearch = (search: Record<string, unknown>): ArchontsSearch => present({ q: text(search['q']), show: oneOf(search['show'], shows), sort: text(search['sort'], 20) });
