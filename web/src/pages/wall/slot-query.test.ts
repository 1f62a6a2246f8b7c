import { describe, expect, test } from 'vitest';
import { matches, parseSlotQuery, toggleWord } from './slot-query.ts';
import { fromList, type WallSlot } from './wall-slot.ts';

const slot = (more: Partial<WallSlot> = {}): WallSlot => ({
  ...fromList({
    number: '7003', kind: 'MF', hub: 'mf-01', hub_id: 'h1', state: 'READY', since: '', registered: true, unreachable: false, drain: false, locked: false, quarantine: false,
    rung: 0, epoch: 1, media: 'tone', retired: false, device: { id: 'd', serial: 'SN-358A', is_virtual: true, shelf_label: 'B2' },
  }),
  ...more,
});
const finds = (text: string, more: Partial<WallSlot> = {}) => matches(parseSlotQuery(text).query, slot(more));
const wrong = (text: string) => parseSlotQuery(text).problems.map((one) => `${one.column} ${one.why} ${one.value}`.trim());

describe('parsing, as the server does it', () => {
  test('an empty text asks nothing', () => {
    expect(parseSlotQuery('   ')).toEqual(parseSlotQuery(''));
    expect(parseSlotQuery('').problems).toEqual([]);
  });
  test('every key is understood, whatever the case of states, kinds and faults', () => {
    expect(parseSlotQuery('state:FAULT,ready hub:mf-01 kind:mf number:7001-7010,7020 fault:auth 358A').query).toMatchObject({
      states: ['FAULT', 'READY'], hubs: ['mf-01'], kinds: ['MF'], numbers: [{ first: 7001, last: 7010 }, { first: 7020, last: 7020 }], faults: ['AUTH'], words: ['358A'],
    });
  });
  test('attributes can be asked and negated', () => {
    expect(parseSlotQuery('is:drain -is:registered is:virtual,leased is:retired').query).toMatchObject({ flags: { drain: true, registered: false, virtual: true, leased: true }, retired: true });
  });
  test('quotes hold spaces, commas and colons', () => {
    expect(parseSlotQuery('hub:"mf 01, left" "a:b"').query).toMatchObject({ hubs: ['mf 01, left'], words: ['a:b'] });
  });
  test('each wrong word is reported where it begins', () => {
    expect(wrong('state:BROKEN hub:x number:7010-7001 colour:red')).toEqual(['1 state BROKEN', '20 number 7010-7001', '37 key colour']);
    expect(wrong('hub: "open')).toEqual(['1 missing', '6 quote']);
    expect(wrong('-hub:x -is:retired is:toString campaign:7')).toEqual(['1 negated x', '8 is retired', '20 is toString', '32 campaign 7']);
    expect(wrong('number:7001-')).toEqual(['1 number 7001-']);
    expect(wrong('number:1234567')).toHaveLength(1);
  });
  test('has an end', () => {
    expect(wrong('a'.repeat(1001))).toEqual(['1 long']);
    expect(wrong(`number:${'1,'.repeat(64)}1`)).toEqual(['1 long']);
  });
});

describe('matching', () => {
  test('all keys must hold, of one key any value', () => {
    expect(finds('state:FAULT,READY kind:MF number:7001-7010')).toBe(true);
    expect(finds('state:READY kind:LS')).toBe(false);
    expect(finds('number:7004-7010')).toBe(false);
    expect(finds('hub:h1')).toBe(true);
    expect(finds('hub:mf')).toBe(false);
  });
  test('flags, faults and words', () => {
    expect(finds('is:virtual,registered -is:drain')).toBe(true);
    expect(finds('is:locked')).toBe(false);
    expect(finds('fault:auth')).toBe(false);
    expect(finds('fault:auth', { fault_code: 'AUTH' })).toBe(true);
    expect(finds('358a b2')).toBe(true);
    expect(finds('700 358b')).toBe(false);
  });
  test('retired slots appear only when asked for, and then alone', () => {
    expect(finds('', { retired: true })).toBe(false);
    expect(finds('is:retired', { retired: true })).toBe(true);
    expect(finds('is:retired')).toBe(false);
  });
});

describe('toggling a word', () => {
  test('puts it in, and out again', () => {
    expect(toggleWord('hub:mf-01', 'state', 'FAULT')).toBe('hub:mf-01 state:FAULT');
    expect(toggleWord('hub:mf-01 state:FAULT', 'state', 'FAULT')).toBe('hub:mf-01');
    expect(toggleWord('state:fault,READY x', 'state', 'FAULT')).toBe('state:READY x');
    expect(toggleWord('', 'hub', 'mf 01')).toBe('hub:"mf 01"');
    expect(toggleWord('is:drain -is:registered', 'is', 'drain')).toBe('-is:registered');
  });
});
