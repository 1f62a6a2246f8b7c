// Words out of the URL: nothing that is empty, nothing endless.
export const text = (value: unknown, longest = 200): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value.slice(0, longest) : undefined);

export const oneOf = <const T extends string>(value: unknown, allowed: readonly T[]): T | undefined => allowed.find((one) => one === value);

/** Only what has a value, so that the URL carries nothing empty. */
export function present<T extends object>(what: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(what).filter(([, value]) => value !== undefined && value !== '' && value !== null)) as { [K in keyof T]?: NonNullable<T[K]> };
}
