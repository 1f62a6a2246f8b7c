// The server's list of all slots, asked for in pages of 500. The route asks before the page's own code is there.
import { queryOptions } from '@tanstack/react-query';
import { api, ask } from '@/api/client.ts';
import { fromList, type WallSlot } from './wall-slot.ts';

async function allSlots(retired: boolean, signal: AbortSignal): Promise<WallSlot[]> {
  const out: WallSlot[] = [];
  let after: string | undefined;
  do {
    const query = { limit: '500', ...(retired ? { q: 'is:retired' } : {}), ...(after ? { after } : {}) };
    const page = await ask(api.GET('/ottb/slots', { params: { query }, signal }));
    out.push(...page.items.map(fromList));
    after = page.next;
  } while (after);
  return out;
}

export const slotsQuery = (retired: boolean) => queryOptions({ queryKey: ['slots', { retired }], queryFn: ({ signal }) => allSlots(retired, signal), staleTime: 10_000 });
