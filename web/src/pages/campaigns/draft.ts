// What is being written survives a reload of this tab: kept in the tab's own storage until it is saved. No lead, no secret is in it.
import { useCallback, useEffect, useState } from 'react';
import { useMe } from '@/api/me.ts';
import { type CampaignForm, differing, emptyForm } from './form.ts';

export interface Draft {
  form: CampaignForm;
  version: number; // of what it was begun from
}

const place = (person: string, id: string) => `vss.campaign.${person}.${id}`;

/** What was kept, where it still has our shape. Pure. */
export function readDraft(kept: string | null): Draft | null {
  try {
    const given = JSON.parse(kept ?? 'null') as Draft | null;
    if (!given || typeof given.version !== 'number' || typeof given.form !== 'object') return null;
    const form: Record<string, unknown> = { ...emptyForm };
    for (const [key, usual] of Object.entries(emptyForm)) {
      const value = (given.form as unknown as Record<string, unknown>)[key];
      const alike = typeof usual === 'number' ? typeof value === 'number' || value === '' : typeof value === typeof usual && Array.isArray(value) === Array.isArray(usual) && value !== null;
      if (alike) form[key] = value;
    }
    return { form: form as unknown as CampaignForm, version: given.version };
  } catch {
    return null;
  }
}

/** `restored`: it was begun before, and what it was begun from may have changed since. */
export function useDraft(id: string, begin: Draft) {
  const key = place(useMe().id, id);
  const [first] = useState(begin);
  const [kept] = useState<Draft | null>(() => {
    try {
      return readDraft(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  });
  const [restored, setRestored] = useState(kept !== null);
  const [draft, set] = useState<Draft>(kept ?? begin);
  useEffect(() => {
    try {
      if (draft.version === first.version && differing(draft.form, first.form).length === 0) sessionStorage.removeItem(key);
      else sessionStorage.setItem(key, JSON.stringify(draft));
    } catch {
      // no storage: it lasts as long as the page
    }
  }, [key, draft, first]);
  const change = useCallback((more: Partial<CampaignForm>) => set((before) => ({ ...before, form: { ...before.form, ...more } })), []);
  const forget = useCallback(() => {
    try {
      sessionStorage.removeItem(key);
    } catch {
      // as above
    }
  }, [key]);
  const anew = useCallback(() => {
    set(first);
    setRestored(false);
  }, [first]);
  return { draft, set, change, forget, restored, anew };
}
