// A line that says something about the page is not as it should be: calm, but not to be missed.
import { IconHandStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

export function Notice({ icon, children }: { icon?: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.notice} role="status">
      {icon ?? <IconHandStop size={16} aria-hidden />}
      <span>{children}</span>
    </div>
  );
}
