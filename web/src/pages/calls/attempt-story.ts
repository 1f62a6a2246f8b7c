// GET /ottb/attempts/{attempt}: one attempt with everything that is stored about it.
import type { Schemas } from '@/api/client.ts';
import type { Arrow, Lane } from './ladder.ts';

export interface Gate {
  gate: string; // the refusal it guards against
  result: 'passed' | 'refused' | 'not_asked';
}
export interface GatedDecision {
  at: string;
  allowed: boolean;
  reason?: string | null;
  until?: string;
  gates: Gate[];
}
export interface PermitView {
  state: string;
  issued_at: string;
  expires_at: string;
  consumed_at?: string;
  sent_at?: string;
}
export interface LadderLine {
  at?: string;
  from: Lane;
  to: Lane;
  message: string;
  code?: number;
  words: string;
  words_ru: string;
}
export interface Step {
  at: string;
  from: string;
  to: string;
  event?: string;
  fault_code?: string;
  stale?: boolean;
}
export interface AttemptStory {
  attempt: Schemas['attempt_view'] & { hub?: string; campaign_name?: string; trunk_name?: string };
  number: string; // masked
  decisions: GatedDecision[];
  permits: PermitView[];
  ladder: LadderLine[];
  slot_call_id?: string;
  lead_call_id?: string;
  steps: Step[];
  record?: { differs: string[]; hub?: Schemas['call_half']; pbx?: Schemas['call_half'] };
  can_hang_up: boolean;
}

const toneOf = (code: number | undefined): Arrow['tone'] => (code === undefined ? 'plain' : code < 200 ? 'warn' : code < 300 ? 'good' : 'bad');

/** A line as it is drawn. Pure. */
export const arrowOf = (line: LadderLine, russian: boolean): Arrow => ({
  from: line.from, to: line.to, at: line.at ?? null, tone: toneOf(line.code), hint: russian ? line.words_ru : line.words,
  text: line.code !== undefined && !line.message.includes(String(line.code)) ? `${line.code} ${line.message}` : line.message,
});
