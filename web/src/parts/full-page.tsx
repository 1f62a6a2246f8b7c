// A page that fills the window: a head that stays, and one thing below it that scrolls by itself.
import type { ReactNode } from 'react';
import classes from './full-page.module.css';

export function FullPage({ head, children }: { head: ReactNode; children: ReactNode }) {
  return (
    <div className={classes.page}>
      <div className={classes.head}>{head}</div>
      {children}
    </div>
  );
}
