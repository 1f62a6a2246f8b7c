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
