// Mantine's light and dark follow our preferences.
import type { MantineColorSchemeManager } from '@mantine/core';
import { choose, onChoice, preferences } from './preferences.ts';

let stop: () => void = () => undefined;

export const chosenScheme: MantineColorSchemeManager = {
  get: () => preferences().scheme,
  set: (scheme) => {
    if (scheme !== preferences().scheme) choose({ scheme });
  },
  subscribe: (onUpdate) => {
    stop = onChoice(() => onUpdate(preferences().scheme));
  },
  unsubscribe: () => stop(),
  clear: () => choose({ scheme: 'auto' }),
};
