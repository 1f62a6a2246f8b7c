// The SIP ladder of a call from the facts that are stored: who said what to whom, and when. Pure. It is drawn from moments and codes, not from captured packets; the
// order of messages is that of docs/calls.md.

export const lanes = ['slot', 'edge', 'pbx', 'trunk', 'lead'] as const;
export type Lane = (typeof lanes)[number];

export interface LadderFacts {
  queued_at?: string | undefined;
  permitted_at?: string | undefined;
  dialled_at?: string | undefined;
  ringing_at?: string | undefined;
  answered_at?: string | undefined;
  ended_at?: string | undefined;
  outcome?: string | undefined;
  sip_code?: number | undefined;
  hangup_by?: string | undefined;
  direction: string;
}

export interface Arrow {
  from: Lane;
  to: Lane;
  text: string; // as SIP says it: no translation
  at: string | null;
  tone: 'good' | 'warn' | 'bad' | 'plain';
  note?: 'permit';
  hint?: string; // what it means, in a sentence
}

const phrases: Record<number, string> = {
  180: 'Ringing', 183: 'Session Progress', 200: 'OK', 400: 'Bad Request', 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found', 408: 'Request Timeout', 410: 'Gone', 480: 'Temporarily Unavailable', 484: 'Address Incomplete',
  486: 'Busy Here', 487: 'Request Terminated', 488: 'Not Acceptable Here', 500: 'Server Internal Error', 502: 'Bad Gateway', 503: 'Service Unavailable', 504: 'Server Time-out', 600: 'Busy Everywhere', 603: 'Decline', 604: 'Does Not Exist Anywhere', 607: 'Unwanted', 608: 'Rejected',
};
export const sipText = (code: number): string => (phrases[code] ? `${code} ${phrases[code]}` : String(code));

/** From the slot to the carrier: what a record alone says ends there. */
const road: readonly Lane[] = ['slot', 'edge', 'pbx', 'trunk'];
const ours = new Set(['slot', 'hub', 'operator', 'lost', 'platform', 'limit', 'flow']);

export function ladderOf(facts: LadderFacts): Arrow[] {
  const { direction, dialled_at, ringing_at, answered_at, ended_at, permitted_at, sip_code, hangup_by } = facts;
  const out: Arrow[] = [];
  const outbound = direction !== 'inbound';
  const path: readonly Lane[] = outbound ? road : road.toReversed();
  const along = (text: string, at: string | null, tone: Arrow['tone'], way: readonly Lane[], note?: Arrow['note']) => {
    for (let i = 0; i + 1 < way.length; i++) out.push({ from: way[i]!, to: way[i + 1]!, text, at: i === 0 ? at : null, tone, ...(note && i === 0 && { note }) });
  };
  const back = path.toReversed();
  const began = dialled_at ?? (outbound ? undefined : facts.queued_at);
  if (!began && !ringing_at && !answered_at && !ended_at) return out;
  along('INVITE', began ?? permitted_at ?? null, 'plain', path, outbound && permitted_at ? 'permit' : undefined);
  if (ringing_at) along(sipText(180), ringing_at, 'warn', back);
  if (answered_at) {
    along(sipText(200), answered_at, 'good', back);
    along('ACK', null, 'plain', path);
    if (ended_at) {
      const fromUs = hangup_by !== undefined && ours.has(hangup_by);
      const middle = hangup_by === 'platform' || hangup_by === 'limit' || hangup_by === 'flow';
      if (middle) {
        out.push({ from: 'pbx', to: 'edge', text: 'BYE', at: ended_at, tone: 'plain' }, { from: 'edge', to: 'slot', text: 'BYE', at: null, tone: 'plain' }, { from: 'pbx', to: 'trunk', text: 'BYE', at: null, tone: 'plain' });
      } else along('BYE', ended_at, 'plain', fromUs ? road : road.toReversed());
    }
  } else if (ended_at) {
    const cancelled = hangup_by !== undefined && ours.has(hangup_by) && (sip_code === undefined || sip_code === 487);
    if (cancelled) along('CANCEL', ended_at, 'warn', path);
    along(sipText(sip_code ?? 487), cancelled ? null : ended_at, 'bad', back);
  }
  return out;
}
