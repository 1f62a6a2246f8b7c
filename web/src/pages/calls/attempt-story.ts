// GET /ottb/attempts/{attempt}: one attempt with everything that is stored about it.
import type { Schemas } from '@/api/client.ts';
import { type Arrow, type Lane, sipText } from './ladder.ts';

export type AttemptStory = Schemas['attempt_story'];
export type Gate = Schemas['gate_view'];
export type GatedDecision = Schemas['attempt_decision'];
export type LadderLine = Schemas['ladder_step'];
export type Step = Schemas['attempt_step'];

const toneOf = (code: number | null): Arrow['tone'] => (code === null ? 'plain' : code < 200 ? 'warn' : code < 300 ? 'good' : 'bad');

/** A line as it is drawn: an answer is its code, a request its name, whatever came of it. Pure. */
export const arrowOf = (line: LadderLine, russian: boolean): Arrow => {
  const code = /^\d{3}$/.test(line.message) ? Number(line.message) : null;
  return { from: line.from as Lane, to: line.to as Lane, at: line.at ?? null, tone: toneOf(code), hint: russian ? line.words_ru : line.words, text: code === null ? line.message : sipText(code) };
};
