import { expect, test } from 'vitest';
import { arrowOf } from './attempt-story.ts';
import { ladderOf, sipText } from './ladder.ts';

const at = (second: number) => `2026-11-23T10:00:${String(second).padStart(2, '0')}Z`;
const said = (facts: Parameters<typeof ladderOf>[0]) => ladderOf(facts).filter((one) => one.at).map((one) => `${one.from}>${one.to} ${one.text} ${one.at?.slice(17, 19)}`);

test('a call that was answered, and that the lead ended', () => {
  const facts = { direction: 'outbound', permitted_at: at(1), dialled_at: at(2), ringing_at: at(4), answered_at: at(9), ended_at: at(50), hangup_by: 'lead', sip_code: 200 };
  expect(said(facts)).toEqual(['slot>edge INVITE 02', 'trunk>pbx 180 Ringing 04', 'trunk>pbx 200 OK 09', 'trunk>pbx BYE 50']);
  expect(ladderOf(facts)[0]).toMatchObject({ note: 'permit' });
  expect(ladderOf(facts)).toHaveLength(15);
});

test('a flow that ends hangs up to both sides', () => {
  const arrows = ladderOf({ direction: 'outbound', dialled_at: at(2), answered_at: at(9), ended_at: at(50), hangup_by: 'platform' });
  expect(arrows.filter((one) => one.text === 'BYE').map((one) => `${one.from}>${one.to}`)).toEqual(['pbx>edge', 'edge>slot', 'pbx>trunk']);
});

test('a refusal comes back with its code; our own end is a CANCEL', () => {
  expect(said({ direction: 'outbound', dialled_at: at(2), ended_at: at(5), sip_code: 486 })).toEqual(['slot>edge INVITE 02', 'trunk>pbx 486 Busy Here 05']);
  expect(said({ direction: 'outbound', dialled_at: at(2), ringing_at: at(3), ended_at: at(28), hangup_by: 'slot' })).toEqual(['slot>edge INVITE 02', 'trunk>pbx 180 Ringing 03', 'slot>edge CANCEL 28']);
});

test('an inbound call comes from the carrier', () => {
  expect(said({ direction: 'inbound', queued_at: at(1), answered_at: at(3) })).toEqual(['trunk>pbx INVITE 01', 'slot>edge 200 OK 03']);
});

test('what was never dialled has no ladder', () => {
  expect(ladderOf({ direction: 'outbound', queued_at: at(1), permitted_at: at(2) })).toEqual([]);
  expect([sipText(486), sipText(699)]).toEqual(['486 Busy Here', '699']);
});

test('a line of the stored ladder is drawn by its code', () => {
  const line = { at: at(0), from: 'pbx' as const, to: 'edge' as const, message: '180', code: 180, words: 'it rings', words_ru: 'вызов' };
  expect(arrowOf(line, true)).toEqual({ from: 'pbx', to: 'edge', at: at(0), tone: 'warn', hint: 'вызов', text: '180 Ringing' });
  expect(arrowOf({ ...line, message: 'INVITE', code: undefined, at: at(1) }, false)).toMatchObject({ text: 'INVITE', tone: 'plain', at: at(1), hint: 'it rings' });
});
