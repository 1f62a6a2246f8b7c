import { expect, test } from 'vitest';
import { possible } from './deeds.ts';
import { transition } from './transition.ts';

const slot = (more: object = {}) => ({ state: 'IDLE', drain: false, locked: false, quarantine: false, retired: false, ...more });

test('only what makes sense now is offered', () => {
  expect(possible(slot())).toEqual({ verbs: ['drain', 'lock'], dial: true });
  expect(possible(slot({ state: 'FAULT' })).verbs).toEqual(['recover', 'drain', 'lock']);
  expect(possible(slot({ state: 'FAULT', quarantine: true })).verbs).toEqual(['clear', 'drain', 'lock']);
  expect(possible(slot({ state: 'ACTIVE_CALL', drain: true, locked: true }))).toEqual({ verbs: ['hangup', 'undrain', 'unlock'], dial: false });
  expect(possible(slot({ retired: true }))).toEqual({ verbs: [], dial: false });
});

test('a transition is read as its two states', () => {
  expect(transition('READY -> ACTIVE_CALL')).toEqual({ from: 'READY', to: 'ACTIVE_CALL' });
  expect(transition('drain')).toBeNull();
});
