import { expect, test } from 'vitest';
import { hubDeeds } from './hub-deeds.ts';
import type { HubRow } from './hub-row.ts';

const row = (more: Partial<HubRow>): HubRow => ({
  id: '1', label: 'mf-1', kind: 'MF', identity: 'active', approved: true, linked: true, unreachable: false, locked: false, drained: false, server: null, software: null, journal: 0, skew: 0, seen: null,
  inSync: true, drift: [], slots: { total: 0, registered: 0, idle: 0, busy: 0, fault: 0 }, ...more,
});

test('each state has its deeds', () => {
  expect(hubDeeds(row({}))).toEqual(['drain', 'lock', 'slots', 'revoke']);
  expect(hubDeeds(row({ drained: true, locked: true, linked: false }))).toEqual(['undrain', 'unlock', 'slots', 'token', 'revoke']);
  expect(hubDeeds(row({ approved: false, linked: false, identity: 'pending' }))).toEqual(['approve', 'token', 'revoke']);
  expect(hubDeeds(row({ identity: 'revoked' }))).toEqual([]);
});

test('whose identity is not known to us is not revoked by us', () => {
  expect(hubDeeds(row({ identity: null }))).not.toContain('revoke');
});
