// What stands behind the "?" of the URL: plain words, each of them text, whatever it looks like. 7001 is a slot and no quantity.

type Words = Record<string, unknown>;

export const parseUrl = (search: string): Record<string, string> => Object.fromEntries(new URLSearchParams(search));

export function writeUrl(search: Words): string {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (value !== undefined && value !== null) out.set(name, String(value));
  return out.size > 0 ? `?${out.toString()}` : '';
}

/** A page's own reading of the URL is all that it sees: the router lays it over the raw words, so what was not taken is said to be undefined. */
export const only = <T extends object>(read: (search: Words) => T) => (search: Words): T => ({ ...Object.fromEntries(Object.keys(search).map((name) => [name, undefined])), ...read(search) });
