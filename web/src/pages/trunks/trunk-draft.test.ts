import { expect, test } from 'vitest';
import { Problem } from '@/api/problem.ts';
import { draftOf, emptyDraft, inputOf, type Trunk, wrongFields } from './trunk-draft.ts';

const trunk: Trunk = {
  id: 2, name: 'Carrier B', host: 'sip.b.example', port: 5061, transport: 'tls', mode: 'register', auth_user: 'vss', auth_realm: 'b', has_secret: true, cps: 20, channels: 100, priority: 1, weight: 20, prefix: '+7',
  dialect: { strip: 1, prefix: '8', identity: 'rpid', register_every: 120, probe: false, peers: ['10.0.0.1', '10.0.0.2'] }, simulated: false, enabled: true, health: 'up', created_at: '2026-11-23T08:00:00Z',
};

test('a trunk that is opened and saved stays as it was', () => {
  const { dialect, id: _id, has_secret: _secret, health: _health, created_at: _created, ...plain } = trunk;
  expect(inputOf(draftOf(trunk))).toEqual({ ...plain, dialect });
});

test('what is understood without saying is not said', () => {
  expect(inputOf({ ...emptyDraft, name: ' A ', host: 'a.example' })).toEqual({
    name: 'A', host: 'a.example', port: 5060, transport: 'udp', mode: 'ip', cps: 1, channels: 10, priority: 0, weight: 50, prefix: '', simulated: false, enabled: true, dialect: {},
  });
  expect(inputOf({ ...emptyDraft, auth_secret: 's', peers: ' 10.0.0.1,10.0.0.2; ', inbound_prefix: '' })).toMatchObject({ auth_secret: 's', dialect: { peers: ['10.0.0.1', '10.0.0.2'], inbound_prefix: '' } });
});

test('what the server says stands at the field it is about', () => {
  const why = new Problem({ problems: [{ pointer: '/name', message: 'taken' }, { pointer: '/dialect/prefix', message: 'digits' }, { pointer: '/dialect/peers/0', message: 'no address' }] as never });
  expect(wrongFields(why)).toEqual({ name: 'taken', dial_prefix: 'digits', peers: 'no address' });
  expect(wrongFields(new Error('x'))).toEqual({});
});
