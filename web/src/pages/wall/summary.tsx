// How many slots are in each state, of those that the rest of the query finds; a click asks for that state alone.
import { useMemo } from 'react';
import { StateIcon, useStateWord } from '@/parts/state-badge.tsx';
import { slotStates, stateRole } from '@/theme.ts';
import { matches, parseSlotQuery, toggleWord } from './slot-query.ts';
import classes from './wall.module.css';
import type { WallSlot } from './wall-slot.ts';

interface SummaryProps {
  slots: readonly WallSlot[];
  q: string;
  onQuery: (q: string) => void;
}

export function Summary({ slots, q, onQuery }: SummaryProps) {
  const word = useStateWord();
  const { query } = useMemo(() => parseSlotQuery(q), [q]);
  const counts = useMemo(() => {
    const out = new Map<string, number>();
    const anyState = { ...query, states: [] };
    for (const slot of slots) if (matches(anyState, slot)) out.set(slot.state, (out.get(slot.state) ?? 0) + 1);
    return out;
  }, [slots, query]);
  return (
    <div className={classes.chips}>
      {slotStates.map((state) => {
        const count = counts.get(state) ?? 0;
        return (
          <button key={state} type="button" className={classes.chip} data-state={stateRole(state)} data-none={count === 0 || undefined} aria-pressed={query.states.includes(state)} onClick={() => onQuery(toggleWord(q, 'state', state))}>
            <StateIcon state={state} />
            {word(state)} <b>{count}</b>
          </button>
        );
      })}
    </div>
  );
}
