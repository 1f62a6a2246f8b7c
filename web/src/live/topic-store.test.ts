import { beforeEach, expect, test } from 'vitest';
import { LiveClient } from './client.ts';
import type { Item, News, Wish } from './protocol.ts';
import { TopicStore } from './topic-store.ts';

type Named = Item & { word: string };
const item = (id: string, word: string): Named => ({ id, word });
const delta = (items: Item[], gone: string[] = []): News => ({ k: 'delta', topic: 'slots', items, gone });

let frames: (() => void)[];
const nextFrame = (draw: () => void) => void frames.push(draw);
const frame = () => frames.splice(0).forEach((draw) => draw());
beforeEach(() => {
  frames = [];
});

test('two hundred changes in a frame are one drawing, and the last value of an id wins', () => {
  const store = new TopicStore(nextFrame);
  let drawn = 0;
  store.listen(() => drawn++);
  store.hear({ k: 'snap', topic: 'slots', items: [item('1', 'IDLE'), item('2', 'IDLE')] });
  frame();
  const [first] = store.view().items!;
  for (let i = 0; i < 200; i++) store.hear(delta([item('2', `v${i}`)]) as never);
  expect(frames).toHaveLength(1);
  frame();
  expect(drawn).toBe(2);
  expect(store.view().byId.get('2')).toEqual(item('2', 'v199'));
  expect(store.view().items![0]).toBe(first); // what did not change is the same object
});

test('a snapshot replaces what waited; an item that went away and came back is there', () => {
  const store = new TopicStore(nextFrame);
  store.hear(delta([item('9', 'old')]) as never);
  store.hear({ k: 'snap', topic: 'slots', items: [item('1', 'a')] });
  store.hear(delta([], ['1']) as never);
  store.hear(delta([item('1', 'b')]) as never);
  frame();
  expect(store.view().items).toEqual([item('1', 'b')]);
});

test('a refusal is shown at once and nothing stays', () => {
  const store = new TopicStore(nextFrame);
  store.hear({ k: 'snap', topic: 'slots', items: [item('1', 'a')] });
  store.hear({ k: 'refused', topic: 'slots', permission: 'ottb.slot.read' });
  frame();
  expect(store.view()).toMatchObject({ items: null, refused: 'ottb.slot.read' });
});

test('a client asks once for a topic, whoever wants it, and stops with the last', () => {
  const wishes: Wish[] = [];
  let hear: (news: News) => void = () => undefined;
  const client = new LiveClient((listener) => {
    hear = listener;
    return (wish) => wishes.push(wish);
  }, nextFrame);
  const first = client.want('slots');
  const second = client.want('slots');
  first();
  expect(wishes).toEqual([{ k: 'sub', topic: 'slots' }]);
  second();
  expect(wishes).toEqual([{ k: 'sub', topic: 'slots' }, { k: 'unsub', topic: 'slots' }]);
  let ended = 0;
  client.onEnded = () => ended++;
  const status = { state: 'ended', heard: 0, skew: 0 } as const;
  hear({ k: 'status', status });
  hear({ k: 'status', status });
  expect(ended).toBe(1);
});
