// One slot as a tile: number, state by word, colour and icon, hub, timer, and what holds it back.
import { memo } from 'react';
import { StateIcon, useStateWord } from '@/parts/state-badge.tsx';
import { Age, Timer } from '@/parts/time.tsx';
import { stateRole } from '@/theme.ts';
import { Flags } from './flags.tsx';
import classes from './wall.module.css';
import { inCall, type WallSlot } from './wall-slot.ts';

interface TileProps {
  slot: WallSlot;
  chosen: boolean;
  here: boolean; // the keys stand here
}

export const Tile = memo(function Tile({ slot, chosen, here }: TileProps) {
  const word = useStateWord();
  return (
    <div role="gridcell" className={classes.tile} data-number={slot.number} data-state={stateRole(slot.state)} data-away={slot.unreachable || undefined} aria-selected={chosen} tabIndex={here ? 0 : -1}>
      <span className={classes.tileTop}>
        <span className={classes.number}>{slot.number}</span>
        <span className={classes.kind}>{slot.kind}</span>
        <Flags slot={slot} />
        <span className={classes.box} data-box aria-hidden />
      </span>
      <span className={classes.state}>
        <StateIcon state={slot.state} size={15} />
        <span className={classes.word}>{word(slot.state)}</span>
        <span className={classes.timer}>{inCall(slot.state) ? <Timer since={slot.since} /> : <Age since={slot.since} />}</span>
      </span>
      <span className={classes.tileFoot}>
        <span className={classes.hub}>{slot.hub}</span>
        {slot.fault_code ? <span className={classes.fault}>{slot.fault_code}</span> : slot.leased && <span className={classes.lease}>#{slot.epoch}</span>}
      </span>
    </div>
  );
});
