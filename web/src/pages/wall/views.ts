// Views that a person saved under a name: kept in this browser, for each person apart.
import { useState } from 'react';
import type { WallSearch } from './search.ts';
import { wallSearch } from './search.ts';

export interface SavedView {
  name: string;
  search: WallSearch;
}

const most = 50;
const key = (person: string) => `vss.views.wall.${person}`;

export function readViews(kept: string | null): SavedView[] {
  try {
    const given: unknown = JSON.parse(kept ?? '[]');
    if (!Array.isArray(given)) return [];
    return given
      .filter((one): one is SavedView => typeof one?.name === 'string' && one.name !== '' && typeof one.search === 'object' && one.search !== null)
      .map((one) => ({ name: one.name.slice(0, 60), search: wallSearch(one.search as Record<string, unknown>) }))
      .slice(0, most);
  } catch {
    return [];
  }
}

export const withView = (views: readonly SavedView[], view: SavedView): SavedView[] =>
  [...views.filter((one) => one.name !== view.name), view].toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, most);

export function useViews(person: string) {
  const [views, set] = useState(() => {
    try {
      return readViews(localStorage.getItem(key(person)));
    } catch {
      return [];
    }
  });
  const keep = (next: SavedView[]) => {
    set(next);
    try {
      localStorage.setItem(key(person), JSON.stringify(next));
    } catch {
      // no storage: they last as long as the page
    }
  };
  return { views, save: (view: SavedView) => keep(withView(views, view)), remove: (name: string) => keep(views.filter((one) => one.name !== name)) };
}
