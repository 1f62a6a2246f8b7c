import { expect, test } from 'vitest';
import { enrolCommand, enrolOptions, labelRule } from './enrol.ts';

test('the token is written where nobody else reads, before the agent starts', () => {
  expect(enrolCommand('vsse_abc').split('\n')).toEqual(['umask 077', "printf '%s\\n' 'vsse_abc' > hub.token", 'vss archont --config archont.toml']);
  expect(enrolOptions('https://vss.example')).toContain('api = "https://vss.example"');
});

test('a label is what the server takes', () => {
  expect(['mf-01', '7', 'a'.repeat(63)].every((one) => labelRule.test(one))).toBe(true);
  expect(['', '-a', 'MF-01', 'a b', 'ц', 'a'.repeat(64)].some((one) => labelRule.test(one))).toBe(false);
});
