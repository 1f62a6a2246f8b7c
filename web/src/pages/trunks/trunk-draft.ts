// A trunk while it is being written: the fields of the form, from a trunk and back to what the server takes. Pure.
import type { Schemas } from '@/api/client.ts';
import { Problem } from '@/api/problem.ts';

export type Trunk = Schemas['trunk_view'];
export type TrunkInput = Schemas['trunk_input'];

export interface TrunkDraft {
  name: string;
  host: string;
  port: number;
  transport: string;
  mode: string;
  auth_user: string;
  auth_realm: string;
  auth_secret: string; // empty: the old one stays
  cps: number;
  channels: number;
  priority: number;
  weight: number;
  prefix: string;
  simulated: boolean;
  enabled: boolean;
  strip: number;
  dial_prefix: string;
  inbound_prefix: string;
  from_user: string;
  from_domain: string;
  identity: string;
  register_every: number;
  probe: boolean;
  dtmf: string;
  peers: string;
}

export const emptyDraft: TrunkDraft = {
  name: '', host: '', port: 5060, transport: 'udp', mode: 'ip', auth_user: '', auth_realm: '', auth_secret: '', cps: 1, channels: 10, priority: 0, weight: 50, prefix: '', simulated: false, enabled: true,
  strip: 0, dial_prefix: '', inbound_prefix: '+', from_user: '', from_domain: '', identity: 'pai', register_every: 600, probe: true, dtmf: 'rfc4733', peers: '',
};

export function draftOf(trunk: Trunk): TrunkDraft {
  const { name, host, port, transport, mode, cps, channels, priority, weight, prefix, simulated, enabled, dialect } = trunk;
  return {
    name, host, port, transport, mode, cps, channels, priority, weight, prefix, simulated, enabled, auth_user: trunk.auth_user ?? '', auth_realm: trunk.auth_realm ?? '', auth_secret: '',
    strip: dialect.strip ?? 0, dial_prefix: dialect.prefix ?? '', inbound_prefix: dialect.inbound_prefix ?? '+', from_user: dialect.from_user ?? '', from_domain: dialect.from_domain ?? '', identity: dialect.identity ?? 'pai',
    register_every: dialect.register_every ?? 600, probe: dialect.probe ?? true, dtmf: dialect.dtmf ?? 'rfc4733', peers: (dialect.peers ?? []).join(' '),
  };
}

/** What differs from what is understood without saying; a change of the user or realm needs the secret again, which the server says. */
export function inputOf(draft: TrunkDraft): TrunkInput {
  const { port, transport, mode, cps, channels, priority, weight, prefix, simulated, enabled } = draft;
  const peers = draft.peers.split(/[\s,;]+/).filter(Boolean);
  const dialect: NonNullable<TrunkInput['dialect']> = {
    ...(draft.strip > 0 && { strip: draft.strip }), ...(draft.dial_prefix && { prefix: draft.dial_prefix }), ...(draft.inbound_prefix !== '+' && { inbound_prefix: draft.inbound_prefix }),
    ...(draft.from_user && { from_user: draft.from_user }), ...(draft.from_domain && { from_domain: draft.from_domain }), ...(draft.identity !== 'pai' && { identity: draft.identity }),
    ...(draft.mode === 'register' && draft.register_every !== 600 && { register_every: draft.register_every }), ...(!draft.probe && { probe: false }), ...(draft.dtmf !== 'rfc4733' && { dtmf: draft.dtmf }), ...(peers.length > 0 && { peers }),
  };
  return {
    name: draft.name.trim(), host: draft.host.trim(), port, transport, mode, cps, channels, priority, weight, prefix, simulated, enabled, dialect,
    ...(draft.auth_user && { auth_user: draft.auth_user }), ...(draft.auth_realm && { auth_realm: draft.auth_realm }), ...(draft.auth_secret && { auth_secret: draft.auth_secret }),
  };
}

/** What the server says against a field, by the field of the form. */
export function wrongFields(why: unknown): Partial<Record<keyof TrunkDraft, string>> {
  if (!(why instanceof Problem)) return {};
  return Object.fromEntries(why.problems.map(({ pointer, message }) => {
    const [first, second] = pointer.replace(/^\//, '').split('/');
    return [first === 'dialect' ? (second === 'prefix' ? 'dial_prefix' : (second ?? first)) : first, message];
  })) as Partial<Record<keyof TrunkDraft, string>>;
}
