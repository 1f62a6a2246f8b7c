import { expect, test } from 'vitest';
import { around, cursorAt, duringCall, marksOf } from './story.ts';

const id = '01900000-0000-7000-8000-000000000100';
const at = (second: number, ms = 0) => new Date(Date.UTC(2026, 10, 23, 10, 0, second, ms)).toISOString();
const attempt = { id, lead: 5, campaign: 'c', campaign_name: 'Autumn', hub: 'mf-01', hub_id: 'h', n: 1, slot: '7001', state: 'done', trail: 't', queued_at: at(0), permitted_at: at(1), dialled_at: at(1, 200), ringing_at: at(3), answered_at: at(8), ended_at: at(40) };

test('the steps of a call lie between its queueing and a while after its end', () => {
  expect(around(attempt, null)).toEqual({ from: Date.parse(at(0)), to: Date.parse(at(70)) });
  expect(around({ ...attempt, ended_at: undefined }, null, Date.parse(at(41)))?.to).toBe(Date.parse(at(50)));
  expect(around(null, null)).toBeNull();
  expect(cursorAt(1_700_000_000_123)).toBe('1700000000123000.zzzz');
});

test('moments of another call are left out, those of none are taken when they lie within', () => {
  const one = (second: number, more: object = {}) => ({ at: at(second), what: 'transition', text: 'A -> B', stale: false, ...more });
  const found = duringCall([one(90), one(45, { attempt: 'other' }), one(39, { attempt: id }), one(10), one(0, { call_id: id })], Date.parse(at(0)), Date.parse(at(70)), id);
  expect(found.map((each) => each.at)).toEqual([at(0), at(10), at(39)]);
});

test('every mark says how long it took', () => {
  expect(marksOf(attempt, null).map((mark) => [mark.id, mark.after])).toEqual([['queued', null], ['permitted', 1000], ['dialled', 200], ['ringing', 1800], ['answered', 5000], ['ended', 32_000]]);
  expect(marksOf(null, { started_at: at(1), ended_at: at(4) } as never).map((mark) => mark.id)).toEqual(['dialled', 'ended']);
});
