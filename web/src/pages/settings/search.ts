// What of the settings stands in the URL.
import { present, text } from '@/parts/search-text.ts';

export interface DocumentSearch {
  id?: string; // of the version that is shown
  q?: string;
}
export const documentSearch = (search: Record<string, unknown>): DocumentSearch => present({ id: text(search['id'], 36), q: text(search['q'], 100) });

export interface DncSearch {
  list?: string; // global without
}
export const dncSearch = (search: Record<string, unknown>): DncSearch => {
  const list = text(search['list'], 36);
  return present({ list: list && list !== 'global' && /^(national|[0-9a-f-]{36})$/.test(list) ? list : undefined });
};
