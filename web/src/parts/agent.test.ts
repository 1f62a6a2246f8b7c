import { expect, test } from 'vitest';
import { agentWords } from './agent.ts';

test('names the browser and the system', () => {
  expect(agentWords('Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36')).toBe('Chrome 156, Linux');
  expect(agentWords('Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0 Safari/537.36 Edg/150.0')).toBe('Edge 150, Windows');
  expect(agentWords('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 (KHTML, like Gecko) Version/18.0 Mobile/1 Safari/604')).toBe('Safari 18, iOS');
  expect(agentWords('curl/8.5.0')).toBe('curl/8.5.0');
  expect(agentWords('')).toBe('—');
});
