// What is being written survives a reload of this tab: kept in the tab's own storage until it is saved. No lead, no secret is in it.
import { useCallback, useEffect, useState } from 'react';
import { type CampaignForm, emptyForm } from './form.ts';

export interface Draft {
  form: CampaignForm;
  version: number; // of what it was begun from
}

const place = (id: string) => `vss.campaign.${id}`;

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

export function useDraft(id: string, begin: Draft) {
  const [draft, set] = useState<Draft>(() => {
    try {
      return readDraft(sessionStorage.getItem(place(id))) ?? begin;
    } catch {
      return begin;
    }
  });
  useEffect(() => {
    try {
      sessionStorage.setItem(place(id), JSON.stringify(draft));
    } catch {
      // no storage: it lasts as long as the page
    }
  }, [id, draft]);
  const change = useCallback((more: Partial<CampaignForm>) => set((before) => ({ ...before, form: { ...before.form, ...more } })), []);
  const forget = useCallback(() => {
    try {
      sessionStorage.removeItem(place(id));
    } catch {
      // as above
    }
  }, [id]);
  return { draft, set, change, forget };
}
