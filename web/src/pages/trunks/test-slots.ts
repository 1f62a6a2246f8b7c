// Which slots may dial for a test, and what there is to dial. Pure.
interface Standing {
  number: string;
  state: string;
  registered: boolean;
  locked: boolean;
  drain: boolean;
  retired: boolean;
  unreachable: boolean;
}

export const services = ['1001', '1002'] as const; // the IVR, the echo

export const restingSlots = <T extends Standing>(slots: readonly T[]): T[] => slots.filter((slot) => slot.state === 'IDLE' && !slot.locked && !slot.drain && !slot.retired && !slot.unreachable);

/** What is offered, and the chosen one even when it is no longer at rest. */
export const withChosen = <T extends { number: string }>(offered: readonly T[], all: readonly T[], chosen: string | null): readonly T[] => {
  const one = offered.some((slot) => slot.number === chosen) ? undefined : all.find((slot) => slot.number === chosen);
  return one ? [one, ...offered] : offered;
};
