// Where one of our numbers leads: "slot:7001", "service:1001", "queue:1201" as kind and number and back. Pure.
export const targetKinds = ['slot', 'service', 'queue'] as const;
export type TargetKind = (typeof targetKinds)[number];

export function targetOf(text: string): { kind: TargetKind; number: string } | null {
  const found = /^(slot|service|queue):(\d+)$/.exec(text);
  return found ? { kind: found[1] as TargetKind, number: found[2]! } : null;
}

const rules: Record<TargetKind, RegExp> = { slot: /^[678]\d{3,5}$/, service: /^1\d{3}$/, queue: /^1\d{3}$/ };

/** The target in the server's words, or null while it is none. */
export const targetText = (kind: TargetKind, number: string): string | null => (rules[kind].test(number) ? `${kind}:${number}` : null);

export const didRule = /^[+]?\d{7,15}$/;
export const callerRule = /^\+[1-9]\d{6,14}$/;
