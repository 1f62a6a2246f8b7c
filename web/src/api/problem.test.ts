import { expect, test } from 'vitest';
import { problemOf, unreachable } from './problem.ts';

test('carries everything the server says', () => {
  const said = { type: '/problems/invalid', title: 'invalid', status: 422, detail: 'no', trail: 'T', problems: [{ pointer: '/reason', message: 'empty' }] };
  const problem = problemOf(422, said);
  expect(problem).toMatchObject(said);
  expect(problem.message).toBe('no');
  expect(problem.is('invalid')).toBe(true);
  expect(problem.is('valid')).toBe(false);
});

test('is readable whatever stood in the answer', () => {
  for (const body of [null, undefined, '<html>', 7, [], { detail: 5, problems: 'x' }]) {
    expect(problemOf(502, body)).toMatchObject({ status: 502, message: 'HTTP 502', problems: [], trail: null });
  }
  expect(unreachable(new TypeError('Failed to fetch'))).toMatchObject({ status: 0, detail: 'Failed to fetch' });
});
