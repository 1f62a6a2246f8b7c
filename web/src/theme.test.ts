import { expect, test } from 'vitest';
import { chartColors, chartInk, panels } from './theme.ts';

const light = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: string, b: string): number => {
  const [high, low] = [light(a), light(b)].toSorted((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
};

test('the colours of charts can be told from the panel, which no tool can see on a canvas', () => {
  for (const scheme of ['light', 'dark'] as const) for (const [role, color] of [...Object.entries(chartColors[scheme]), ['words', chartInk[scheme].words] as const]) expect(contrast(color, panels[scheme]), `${scheme} ${role}`).toBeGreaterThan(4.5);
});
