// The head of a page about one thing: its name, how it stands, what can be done with it.
import type { ReactNode } from 'react';
import classes from './banner.module.css';

export function Banner({ role, title, children, actions }: { role: string; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <header className={classes.banner} data-state={role}>
      <h1 className={classes.title}>{title}</h1>
      {children}
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
