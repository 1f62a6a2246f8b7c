import { expect, test } from 'vitest';
import { type Deed, match, stroke } from './shortcuts.ts';

const key = (key: string, code: string, more: Partial<KeyboardEvent> = {}) => ({ key, code, ctrlKey: false, metaKey: false, altKey: false, ...more });
const deed = (id: string, key: string): Deed => ({ id, key, label: id, group: '', run: () => undefined });

test('a letter is its key, whatever the layout; a sign is what was typed', () => {
  expect(stroke(key('w', 'KeyW'))).toBe('w');
  expect(stroke(key('ц', 'KeyW'))).toBe('w');
  expect(stroke(key('л', 'KeyK', { ctrlKey: true }))).toBe('mod+k');
  expect(stroke(key('?', 'Slash'))).toBe('?');
  expect(stroke(key(' ', 'Space'))).toBe('space');
});

test('one stroke, two strokes, and the later registration wins', () => {
  const frame = deed('frame', 'x');
  const page = deed('page', 'x');
  const wall = deed('wall', 'g w');
  const all = [frame, page, wall, deed('palette', 'mod+K')];
  expect(match(all, '', 'x')).toBe(page);
  expect(match(all, '', 'g')).toBe('wait');
  expect(match(all, 'g', 'w')).toBe(wall);
  expect(match(all, '', 'w')).toBeNull();
  expect(match(all, 'g', 'x')).toBe(page);
  expect(match(all, '', 'mod+k')?.valueOf()).toBe(all[3]);
});
