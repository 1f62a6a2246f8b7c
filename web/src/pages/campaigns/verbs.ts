// Which orders a campaign takes in which state (src/ottb/campaign.cpp). Pure.
export const verbs = ['start', 'resume', 'pause', 'drain', 'stop'] as const;
export type Verb = (typeof verbs)[number];

export const campaignStates = ['draft', 'running', 'paused', 'draining', 'stopped', 'finished'] as const;
export type CampaignState = (typeof campaignStates)[number];

const takes: Record<CampaignState, readonly Verb[]> = {
  draft: ['start'],
  running: ['pause', 'drain', 'stop'],
  paused: ['resume', 'drain', 'stop'],
  draining: ['resume', 'stop'],
  stopped: ['start'],
  finished: ['start'],
};

export const possible = (state: string): readonly Verb[] => takes[state as CampaignState] ?? [];
/** What brings back the state before; nothing where that would do something else: a paused campaign that drains must not dial. */
export function undoOf(verb: Verb, before: string): Verb | undefined {
  if (verb === 'pause') return 'resume';
  if (verb === 'resume' && before === 'paused') return 'pause';
  return verb === 'drain' && before === 'running' ? 'resume' : undefined;
}
/** A campaign under way keeps its settings. */
export const editable = (state: string): boolean => state === 'draft' || state === 'stopped' || state === 'finished' || state === 'paused';
/** Calls may be under way, and so counts may change. */
export const moving = (state: string): boolean => state === 'running' || state === 'draining';
