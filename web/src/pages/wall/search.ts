// The Wall's state in the URL.
export interface WallSearch {
  q?: string;
  view?: 'table';
  sort?: string; // a column, "-" before it: downwards
}

export const sortable = ['number', 'state', 'since', 'hub', 'kind', 'registered', 'fault'] as const;

export function wallSearch(search: Record<string, unknown>): WallSearch {
  const out: WallSearch = {};
  if (typeof search['q'] === 'string' && search['q'].trim() !== '') out.q = search['q'].slice(0, 1000);
  if (search['view'] === 'table') out.view = 'table';
  const sort = search['sort'];
  if (typeof sort === 'string' && (sortable as readonly string[]).includes(sort.replace(/^-/, ''))) out.sort = sort;
  return out;
}
