// What surrounds every page: theme, queries, router.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo } from 'react';
import { nonce } from './nonce.ts';
import { usePreferences } from './preferences.ts';
import { queries } from './queries.ts';
import { router } from './router.tsx';
import { chosenScheme } from './scheme.ts';
import { cssVariables, themeOf } from './theme.ts';

const getNonce = () => nonce;

export function App() {
  const { density } = usePreferences();
  const theme = useMemo(() => themeOf(density), [density]);
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} getStyleNonce={getNonce} colorSchemeManager={chosenScheme} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
