// The place of the looks menu; its code comes after the page.
import { Box } from '@mantine/core';
import { lazy, Suspense } from 'react';

const LooksMenu = lazy(() => import('./looks-menu.tsx').then((file) => ({ default: file.LooksMenu })));

export function Looks() {
  return (
    <Box miw={28} mih={28}>
      <Suspense fallback={null}>
        <LooksMenu />
      </Suspense>
    </Box>
  );
}
