// Shows its children to whom the permission is given, to others which one is missing.
import type { ReactNode } from 'react';
import { useMay } from '@/api/me.ts';
import { Forbidden } from './states.tsx';

export function Gate({ permission, children }: { permission: string; children: ReactNode }) {
  return useMay()(permission) ? children : <Forbidden permission={permission} />;
}
