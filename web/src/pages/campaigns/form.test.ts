import { expect, test } from 'vitest';
import { differing, emptyForm, formOf, inputOf, mistakes, serverMistakes, stepOf } from './form.ts';
import type { CampaignView } from './rows.ts';

const good = { ...emptyForm, name: ' Autumn ', flow: 'f', caller_id: '+12125550100' };
const view: CampaignView = {
  id: 'c', name: 'Autumn', state: 'draft', mode: 'ivr', purpose: 'survey', profile: 'p', flow: 'f', caller_id: '+12125550100', slots: { kinds: ['MF'], hubs: [], numbers: ['7001', '7003'] }, trunks: [11],
  max_attempts: 4, ring_seconds: 30, max_call_seconds: 600, calls_per_second: 5, retry: { busy: 600, no_answer: -1 }, starts_at: '2026-11-23T06:00:00Z', created_at: '2026-11-20T00:00:00Z', version: 7,
};

test('a form with everything needed is right', () => {
  expect(mistakes(good, false)).toEqual({});
});

test('every mistake is said at its field', () => {
  expect(mistakes(emptyForm, false)).toEqual({ name: 'required', flow: 'flow', caller_id: 'required' });
  expect(mistakes({ ...good, mode: 'progressive', flow: '' }, false)).toEqual({});
  expect(mistakes({ ...good, numbers: '7001, 901' }, false)).toEqual({ numbers: 'slots' });
  expect(mistakes({ ...good, max_attempts: '', calls_per_second: 1001 }, false)).toEqual({ max_attempts: 'range', calls_per_second: 'range' });
  expect(mistakes({ ...good, ring_seconds: 10 }, false)).toEqual({});
  expect(mistakes({ ...good, ring_seconds: 10 }, true)).toEqual({ ring_seconds: 'ringLaw' });
  expect(mistakes({ ...good, starts_at: '2026-11-23T09:00', ends_at: '2026-11-23T09:00' }, false)).toEqual({ ends_at: 'order' });
  expect(mistakes({ ...good, retry: { unknown: 60 } }, false)).toEqual({ retry: 'unknownRetry' });
  expect(mistakes({ ...good, retry: { busy: 50_000 } }, false)).toEqual({ retry: 'retryRange' });
});

test('what is read is sent back the same', () => {
  const form = formOf(view, 'Europe/Moscow');
  expect(form).toMatchObject({ numbers: '7001, 7003', starts_at: '2026-11-23T09:00', retry: { busy: 10, no_answer: -1 } });
  expect(inputOf(form, 'Europe/Moscow')).toMatchObject({ slots: view.slots, trunks: [11], retry: view.retry, starts_at: '2026-11-23T06:00:00.000Z', max_attempts: 4 });
  expect(inputOf(form, 'Europe/Moscow').ends_at).toBeUndefined();
});

test('an empty profile is left to the server, a flow only to an IVR', () => {
  const sent = inputOf({ ...good, mode: 'progressive' }, 'UTC');
  expect([sent.name, sent.profile, sent.flow]).toEqual(['Autumn', undefined, undefined]);
});

test('the server speaks of our fields', () => {
  expect(serverMistakes([{ pointer: '/slots/numbers/0', message: 'no' }, { pointer: '/caller_id', message: 'not ours' }, { pointer: '', message: 'x' }]).map((one) => one.field)).toEqual(['numbers', 'caller_id', null]);
  expect(stepOf('caller_id')).toBe(1);
});

test('a conflict names what differs', () => {
  const mine = formOf(view, 'UTC');
  expect(differing(mine, { ...mine, name: 'Winter', numbers: '7001  7003', retry: { ...mine.retry, failed: '' } })).toEqual(['name']);
  expect(differing(mine, { ...mine, retry: { busy: 11 } })).toEqual(['retry']);
});
