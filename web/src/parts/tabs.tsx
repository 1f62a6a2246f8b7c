// The pages of one subject side by side, as links: those that one may open.
import { createLink } from '@tanstack/react-router';
import { type AnchorHTMLAttributes, type ReactNode, type Ref } from 'react';
import classes from './tabs.module.css';

type Plain = AnchorHTMLAttributes<HTMLAnchorElement> & { ref?: Ref<HTMLAnchorElement> };

/** The link of the page that stands carries aria-current, put there by the router. */
export const Tab = createLink(({ children, ...rest }: Plain) => <a {...rest} className={classes.tab}>{children}</a>);

export function Tabs({ label, children }: { label: string; children: ReactNode }) {
  return <nav className={classes.tabs} aria-label={label}>{children}</nav>;
}
