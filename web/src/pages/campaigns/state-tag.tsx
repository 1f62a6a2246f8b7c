// A campaign's state: word, tone and sign.
import { IconCheck, IconDroplet, IconPencil, IconPlayerPause, IconPlayerPlay, IconPlayerStop, type TablerIcon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Tag, type Tone } from '@/parts/tag.tsx';
import classes from './campaigns.module.css';
import type { CampaignState } from './verbs.ts';

const looks: Record<CampaignState, [Tone, TablerIcon, string]> = {
  draft: ['plain', IconPencil, 'idle'],
  running: ['good', IconPlayerPlay, 'active-call'],
  paused: ['warn', IconPlayerPause, 'calling'],
  draining: ['warn', IconDroplet, 'calling'],
  stopped: ['plain', IconPlayerStop, 'idle'],
  finished: ['plain', IconCheck, 'ready'],
};

/** The role of the state's colours (theme.ts). */
export const campaignRole = (state: string): string => looks[state as CampaignState]?.[2] ?? 'idle';

export function CampaignTag({ state }: { state: string }) {
  const { t } = useTranslation();
  const [tone, Icon] = looks[state as CampaignState] ?? looks.draft;
  return (
    <Tag tone={tone}>
      <span className={classes.tag}><Icon size={13} aria-hidden />{t(`campaigns.states.${state as CampaignState}`, { defaultValue: state })}</span>
    </Tag>
  );
}
