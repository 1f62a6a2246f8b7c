// From leads to keys pressed: how many are left at each step, live.
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client.ts';
import type { LiveCampaign } from '@/live/topics.ts';
import { Bar } from '@/parts/bar.tsx';
import { shareOf, useNumbers } from '@/parts/numbers.ts';
import { outcomes, OutcomeTag, outcomeTone } from '@/parts/outcome.tsx';
import { Section } from '@/parts/section.tsx';
import { Loading } from '@/parts/states.tsx';
import classes from './campaigns.module.css';
import { funnelOf } from './funnel-steps.ts';

interface FunnelProps {
  counts: Schemas['campaign_counts'] | undefined;
  now: LiveCampaign | null;
}

export function Funnel({ counts, now }: FunnelProps) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const steps = funnelOf(counts, now);
  const first = steps?.[0]?.count ?? 0;
  return (
    <Section title={t('campaigns.funnel.title')} note={first === 0 && steps ? t('campaigns.funnel.noLeads') : undefined}>
      {steps ? (
        <table className={classes.funnel}>
          <tbody>
            {steps.map((step, i) => {
              const before = steps[i - 1]?.count;
              return (
                <tr key={step.id}>
                  <th scope="row">{t(`campaigns.funnel.${step.id}`)}</th>
                  <td className={classes.funnelBar}><Bar tall label={`${t(`campaigns.funnel.${step.id}`)}: ${count(step.count)}`} parts={[{ share: shareOf(step.count, first), tone: step.id === 'answered' || step.id === 'pressed' ? 'good' : 'main' }]} /></td>
                  <td className={classes.number}>{count(step.count)}</td>
                  <td className={classes.number} title={t('campaigns.funnel.ofBefore')}>{before === undefined ? '' : percent(shareOf(step.count, before))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      ) : (
        <Loading rows={4} />
      )}
    </Section>
  );
}

export function OutcomeList({ counts }: { counts: Schemas['campaign_counts'] | undefined }) {
  const { t } = useTranslation();
  const { count, percent } = useNumbers();
  const given = (counts?.outcomes ?? {}) as Record<string, number>;
  const total = Object.values(given).reduce((sum, one) => sum + one, 0);
  const known = [...outcomes, ...Object.keys(given).filter((one) => !(outcomes as readonly string[]).includes(one))].filter((one) => (given[one] ?? 0) > 0);
  return (
    <Section title={t('campaigns.outcomes')} note={total === 0 ? t('campaigns.noOutcomes') : t('campaigns.attempts', { count: total })}>
      {total > 0 && (
        <table className={classes.funnel}>
          <tbody>
            {known.map((outcome) => {
              const tone = outcomeTone(outcome);
              const many = given[outcome] ?? 0;
              return (
                <tr key={outcome}>
                  <th scope="row"><OutcomeTag outcome={outcome} /></th>
                  <td className={classes.funnelBar}><Bar label={`${outcome}: ${count(many)}`} parts={[{ share: shareOf(many, total), tone }]} /></td>
                  <td className={classes.number}>{count(many)}</td>
                  <td className={classes.number}>{percent(shareOf(many, total))}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
    </Section>
  );
}
