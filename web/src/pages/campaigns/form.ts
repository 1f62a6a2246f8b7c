// A campaign as it is being written: fields, what is wrong with each, and what is sent. Pure. The bounds are those of docs/openapi.json; the server checks again.
import type { Schemas } from '@/api/client.ts';
import type { Wrong } from '@/api/problem.ts';
import { fromWall, toWall } from '@/parts/zoned.ts';
import type { CampaignView } from './rows.ts';

export type CampaignInput = Schemas['campaign_input'];
export const kinds = ['AUTO', 'MF', 'LS'] as const;
export const retryOutcomes = ['busy', 'no_answer', 'failed', 'abandoned', 'blocked', 'unknown'] as const;
export type RetryOutcome = (typeof retryOutcomes)[number];
/** Minutes that a campaign has which says nothing. */
export const usualRetry: Record<RetryOutcome, number> = { busy: 15, no_answer: 60, failed: 5, abandoned: 15, blocked: 60, unknown: 72 * 60 };

export interface CampaignForm {
  name: string;
  mode: CampaignInput['mode'];
  purpose: NonNullable<CampaignInput['purpose']>;
  profile: string;
  flow: string;
  caller_id: string;
  kinds: string[];
  hubs: string[];
  numbers: string; // as typed: 7001, 7003
  trunks: string[];
  max_attempts: number | string;
  ring_seconds: number | string;
  max_call_seconds: number | string;
  calls_per_second: number | string;
  retry: Record<string, number | string>; // minutes; "": the usual; -1: never
  starts_at: string; // the site's clock
  ends_at: string;
}

export type Field = keyof CampaignForm;
export const steps: readonly (readonly Field[])[] = [
  ['name', 'mode', 'purpose', 'profile', 'flow'],
  ['kinds', 'hubs', 'numbers', 'trunks', 'caller_id'],
  ['starts_at', 'ends_at', 'ring_seconds', 'max_call_seconds', 'calls_per_second', 'max_attempts', 'retry'],
  [],
];

export const emptyForm: CampaignForm = {
  name: '', mode: 'ivr', purpose: 'service', profile: '', flow: '', caller_id: '', kinds: [], hubs: [], numbers: '', trunks: [],
  max_attempts: 3, ring_seconds: 25, max_call_seconds: 3600, calls_per_second: 20, retry: {}, starts_at: '', ends_at: '',
};

export function formOf(view: CampaignView, zone: string): CampaignForm {
  const minutes = (seconds: number) => (seconds < 0 ? -1 : seconds / 60);
  return {
    name: view.name, mode: view.mode, purpose: view.purpose, profile: view.profile, flow: view.flow ?? '', caller_id: view.caller_id,
    kinds: view.slots.kinds ?? [], hubs: view.slots.hubs ?? [], numbers: (view.slots.numbers ?? []).join(', '), trunks: view.trunks.map(String),
    max_attempts: view.max_attempts, ring_seconds: view.ring_seconds, max_call_seconds: view.max_call_seconds, calls_per_second: view.calls_per_second,
    retry: Object.fromEntries(Object.entries(view.retry as Record<string, number>).map(([key, seconds]) => [key, minutes(seconds)])),
    starts_at: toWall(view.starts_at, zone), ends_at: toWall(view.ends_at, zone),
  };
}

export type Mistake = 'required' | 'long' | 'range' | 'slots' | 'flow' | 'order' | 'ringLaw' | 'retryRange' | 'unknownRetry';
export interface Bound {
  from: number;
  to: number;
}
export const bounds: Partial<Record<Field, Bound>> = {
  max_attempts: { from: 1, to: 20 }, ring_seconds: { from: 3, to: 120 }, max_call_seconds: { from: 5, to: 14_400 }, calls_per_second: { from: 1, to: 1000 },
};

export const numbersOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);
const slotNumber = /^[678]\d{3,5}$/;
const mostMinutes = 31 * 24 * 60;

/** What is wrong, by field. `windows`: the chosen profile has calling hours, and so the rules of real calls. */
export function mistakes(form: CampaignForm, windows: boolean): Partial<Record<Field, Mistake>> {
  const out: Partial<Record<Field, Mistake>> = {};
  if (form.name.trim() === '') out.name = 'required';
  else if (form.name.trim().length > 100) out.name = 'long';
  if (form.mode === 'ivr' && form.flow === '') out.flow = 'flow';
  if (form.caller_id === '') out.caller_id = 'required';
  if (numbersOf(form.numbers).some((one) => !slotNumber.test(one))) out.numbers = 'slots';
  for (const [field, bound] of Object.entries(bounds) as [Field, Bound][]) {
    const value = form[field];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < bound.from || value > bound.to) out[field] = 'range';
  }
  if (!out.ring_seconds && windows && Number(form.ring_seconds) < 15) out.ring_seconds = 'ringLaw';
  if (form.starts_at && form.ends_at && form.ends_at <= form.starts_at) out.ends_at = 'order';
  for (const [outcome, minutes] of Object.entries(form.retry)) {
    if (minutes === '' || minutes === -1) continue;
    if (typeof minutes !== 'number' || minutes < 0 || minutes > mostMinutes) out.retry = 'retryRange';
    else if (outcome === 'unknown' && minutes < usualRetry.unknown) out.retry = 'unknownRetry';
  }
  return out;
}

export function inputOf(form: CampaignForm, zone: string): CampaignInput {
  const starts = fromWall(form.starts_at, zone);
  const ends = fromWall(form.ends_at, zone);
  const retry: Record<string, number> = {};
  for (const [outcome, minutes] of Object.entries(form.retry)) if (typeof minutes === 'number') retry[outcome] = minutes < 0 ? -1 : Math.round(minutes * 60);
  return {
    name: form.name.trim(), mode: form.mode, purpose: form.purpose, caller_id: form.caller_id,
    ...(form.profile && { profile: form.profile }),
    ...(form.mode === 'ivr' && form.flow && { flow: form.flow }),
    slots: { kinds: form.kinds, hubs: form.hubs, numbers: numbersOf(form.numbers) },
    trunks: form.trunks.map(Number),
    max_attempts: Number(form.max_attempts), ring_seconds: Number(form.ring_seconds), max_call_seconds: Number(form.max_call_seconds), calls_per_second: Number(form.calls_per_second),
    retry: retry as CampaignInput['retry'],
    ...(starts && { starts_at: starts }),
    ...(ends && { ends_at: ends }),
  };
}

export const stepOf = (field: Field): number => Math.max(0, steps.findIndex((fields) => fields.includes(field)));

/** The server's own words for our fields: "/slots/numbers/3" is about `numbers`. */
export function serverMistakes(problems: readonly Wrong[]): { field: Field | null; words: string }[] {
  return problems.map(({ pointer, message }) => {
    const field = pointer.split('/').slice(1).find((part) => part in emptyForm) as Field | undefined;
    return { field: field ?? null, words: message };
  });
}

/** Fields in which two versions differ, in the order of the wizard. */
export function differing(mine: CampaignForm, theirs: CampaignForm): Field[] {
  const plain = (value: unknown) => JSON.stringify(value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value).filter(([, one]) => one !== '').toSorted() : value);
  return steps.flat().filter((field) => (field === 'numbers' ? numbersOf(mine.numbers).join() !== numbersOf(theirs.numbers).join() : plain(mine[field]) !== plain(theirs[field])));
}
