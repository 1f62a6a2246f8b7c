// A word that says how something stands: good, warn, bad or plain.
import type { ReactNode } from 'react';
import classes from './tag.module.css';

export type Tone = 'good' | 'warn' | 'bad' | 'plain';
const roles: Record<Tone, string> = { good: 'ready', warn: 'calling', bad: 'fault', plain: 'idle' };

export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-state={roles[tone]}>
      {children}
    </span>
  );
}
