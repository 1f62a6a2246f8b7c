// Every colour and measure of the console. Components name a role ("state-fault"), never a colour.
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple, type MantineThemeOverride } from '@mantine/core';
import type { Preferences } from './preferences.ts';

const steel: MantineColorsTuple = ['#eef4fb', '#dce6f2', '#b5cbe4', '#8baed6', '#6995ca', '#5385c3', '#467dc0', '#376ba9', '#2d5f98', '#1c4d7d'];
const calm: MantineColorsTuple = ['#d3d7dd', '#b6bcc6', '#9aa2ae', '#767f8d', '#4c5664', '#37404d', '#29313c', '#1d242d', '#161b22', '#0f1318'];

/** The eight states of a slot: a word, a colour and (parts/state-badge.tsx) an icon each. */
export const slotStates = ['IDLE', 'ASSIGNED', 'REGISTERING', 'READY', 'CALLING', 'ACTIVE_CALL', 'POSTCALL', 'FAULT'] as const;
export type SlotState = (typeof slotStates)[number];

const hues: Record<SlotState, string> = {
  IDLE: 'gray', ASSIGNED: 'cyan', REGISTERING: 'indigo', READY: 'teal', CALLING: 'yellow', ACTIVE_CALL: 'green', POSTCALL: 'grape', FAULT: 'red',
};

export const stateRole = (state: string): string => (state in hues ? state.toLowerCase().replaceAll('_', '-') : 'idle');

export function themeOf(density: Preferences['density']): MantineThemeOverride {
  const size = density === 'compact' ? 'xs' : 'sm';
  const sized = { defaultProps: { size } };
  return createTheme({
    primaryColor: 'steel',
    primaryShade: 8,
    colors: { steel, dark: calm },
    autoContrast: true,
    fontFamily: "'Inter Variable', system-ui, sans-serif",
    fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
    headings: { fontWeight: '650', sizes: { h1: { fontSize: '1.25rem' }, h2: { fontSize: '1.05rem' }, h3: { fontSize: '0.95rem' } } },
    defaultRadius: 'sm',
    cursorType: 'pointer',
    respectReducedMotion: true,
    components: {
      Button: sized, TextInput: sized, Autocomplete: sized, NumberInput: sized, MultiSelect: sized, PasswordInput: sized, Textarea: sized, Select: sized, SegmentedControl: sized, Checkbox: sized,
      InputDescription: { styles: { description: { fontSize: 12 } } },
      ActionIcon: { defaultProps: { variant: 'subtle', size: density === 'compact' ? 'md' : 'lg' } },
      Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
      // A dialog's head is no second banner of the page.
      Modal: { defaultProps: { attributes: { header: { role: 'presentation' } }, centered: true, overlayProps: { backgroundOpacity: 0.45 } } },
      Drawer: { defaultProps: { attributes: { header: { role: 'presentation' } } } },
      Table: { defaultProps: { verticalSpacing: density === 'compact' ? 4 : 8 } },
    },
  });
}

/** Pixels of what is drawn virtually, and so must be known beforehand. */
export const tileMeasure = { compact: { width: 168, height: 76 }, comfortable: { width: 190, height: 90 } } as const;
export const rowMeasure = { compact: 30, comfortable: 40 } as const;
export const cardMeasure = { compact: 64, comfortable: 72 } as const; // a row on a telephone

/** Lines and bars of charts; each passes 4.5:1 on the panel of its scheme. */
export const chartColors = {
  light: { attempts: '#376ba9', answered: '#2b7a3b', busy: '#a35200', failed: '#c92a2a', asr: '#0b6b7d', acd: '#862e9c' },
  dark: { attempts: '#8baed6', answered: '#69db7c', busy: '#ffd43b', failed: '#ff8787', asr: '#66d9e8', acd: '#e599f7' },
} as const;
/** Their axes: words, and the lines of the grid. */
export const chartInk = { light: { words: '#495057', grid: '#dee2e6' }, dark: { words: calm[2], grid: calm[6] } } as const;
export type ChartRole = keyof (typeof chartColors)['light'];
export const panels = { light: '#ffffff', dark: calm[8] } as const;

/** Background, text and strong colour of each state in both schemes; every pair of text and background passes WCAG AA. */
export const cssVariables: CSSVariablesResolver = (theme) => {
  const light: Record<string, string> = { '--ground': theme.colors.gray[0]!, '--panel': theme.white, '--line': theme.colors.gray[3]!, '--quiet': theme.colors.gray[7]!, '--mantine-color-dimmed': theme.colors.gray[7]!, '--mantine-color-placeholder': '#6c757d', '--mantine-color-error': theme.colors.red[9]!, '--mantine-color-anchor': steel[8] };
  const dark: Record<string, string> = { '--ground': calm[9], '--panel': calm[8], '--line': calm[6], '--quiet': calm[2], '--mantine-color-dimmed': calm[2], '--mantine-color-placeholder': '#8d96a3', '--mantine-color-error': theme.colors.red[4]!, '--mantine-color-anchor': steel[3] };
  for (const state of slotStates) {
    const hue = theme.colors[hues[state]]!;
    const role = `--state-${stateRole(state)}`;
    light[`${role}-fg`] = state === 'CALLING' ? '#7a4a00' : state === 'ACTIVE_CALL' ? '#1d6b2f' : state === 'READY' ? '#056650' : state === 'ASSIGNED' ? '#0a6375' : hue[9]!;
    light[`${role}-bg`] = hue[state === 'IDLE' ? 1 : 0]!;
    light[`${role}-strong`] = hue[state === 'CALLING' ? 5 : state === 'IDLE' ? 5 : 7]!;
    dark[`${role}-fg`] = hue[state === 'IDLE' ? 4 : 3]!;
    dark[`${role}-bg`] = `color-mix(in srgb, ${hue[9]} ${state === 'IDLE' ? 12 : 24}%, ${calm[8]})`;
    dark[`${role}-strong`] = hue[state === 'IDLE' ? 7 : 6]!;
  }
  for (const role of Object.keys(chartColors.light) as ChartRole[]) {
    light[`--chart-${role}`] = chartColors.light[role];
    dark[`--chart-${role}`] = chartColors.dark[role];
  }
  return { variables: {}, light, dark };
};
