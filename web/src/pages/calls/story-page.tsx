// One call's story: from the permit to the record, with everything that is known in between.
import { SimpleGrid, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/me.ts';
import { campaignsQuery } from '@/pages/campaigns/use-campaigns.ts';
import { Back } from '@/parts/back.tsx';
import { Banner } from '@/parts/banner.tsx';
import { Fact, Facts } from '@/parts/facts.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { OutcomeTag } from '@/parts/outcome.tsx';
import { Section } from '@/parts/section.tsx';
import { Empty, Failed, Loading } from '@/parts/states.tsx';
import { timer } from '@/parts/time-text.ts';
import { Time, Timer } from '@/parts/time.tsx';
import { arrowOf } from './attempt-story.ts';
import { attemptRole, AttemptTag, Legs } from './attempt-tag.tsx';
import classes from './calls.module.css';
import { Gates } from './gates.tsx';
import { Halves, Media } from './halves.tsx';
import { Hangup } from './hangup.tsx';
import { ladderOf } from './ladder.ts';
import { Ladder } from './ladder.tsx';
import { isOnLine, sinceOf } from './live-rows.ts';
import { momentOf, Steps } from './steps.tsx';
import { marksOf } from './story.ts';
import { useStory } from './use-story.ts';

type Story = ReturnType<typeof useStory>;

function Marks({ story }: { story: Story }) {
  const { t } = useTranslation();
  const { decimal } = useNumbers();
  const marks = marksOf(story.attempt, story.call);
  return (
    <ol className={classes.marks} aria-label={t('calls.marks.label')}>
      {marks.map((mark) => (
        <li key={mark.id} data-mark={mark.id}>
          <span className={classes.quiet}>{t(`calls.marks.${mark.id}`)}</span>
          <b><Time at={mark.at} /></b>
          <span className={classes.quiet}>{mark.after === null ? '' : `+${mark.after < 10_000 ? `${decimal(mark.after / 1000)} ${t('calls.seconds')}` : timer(mark.after)}`}</span>
        </li>
      ))}
    </ol>
  );
}

function About({ id, story }: { id: string; story: Story }) {
  const { t } = useTranslation();
  const may = useMay()('ottb.campaign.read');
  const campaigns = useQuery({ ...campaignsQuery, enabled: may });
  const { attempt, record, slot, told } = story;
  const campaign = attempt?.campaign ?? record?.call.campaign_id;
  const direction = record?.call.direction ?? (attempt ? 'outbound' : undefined); // an attempt calls out
  return (
    <Section title={t('calls.about')}>
      <Facts>
        <Fact name={t('leads.number')}>{told?.number}</Fact>
        <Fact name={t('calls.lead')}>{attempt && <GoLink to="/leads" search={{ campaign: attempt.campaign, lead: String(attempt.lead) }} size="sm">{t('calls.attempt', { n: attempt.n })}</GoLink>}</Fact>
        <Fact name={t('leads.campaign')}>{campaign && <GoLink to="/campaigns/$id" params={{ id: campaign }} size="sm">{campaigns.data?.find((one) => one.id === campaign)?.name ?? `…${campaign.slice(-6)}`}</GoLink>}</Fact>
        <Fact name={t('calls.slot')}>{slot && <GoLink to="/slots/$number" params={{ number: slot }} size="sm">{slot}</GoLink>}</Fact>
        <Fact name={t('calls.direction')}>{direction && t(`calls.directions.${direction as 'inbound'}`, { defaultValue: direction })}</Fact>
        <Fact name={t('calls.trunk')}>{told?.attempt.trunk_name ?? attempt?.trunk ?? record?.call.trunk_id}</Fact>
        <Fact name={t('calls.id')}><span className={classes.mono}>{id}</span></Fact>
        <Fact name={t('parts.trail.word')}><span className={classes.mono}>{attempt?.trail ?? record?.call.trail}</span></Fact>
        <Fact name={t('calls.slotCallId')}><span className={classes.mono}>{told?.slot_call_id ?? record?.slot_call_id ?? '—'}</span></Fact>
        <Fact name={t('calls.leadCallId')}><span className={classes.mono}>{told?.lead_call_id ?? record?.lead_call_id ?? '—'}</span></Fact>
      </Facts>
    </Section>
  );
}

export function CallPage() {
  const { t, i18n } = useTranslation();
  const { id } = useParams({ from: '/inside/frame/calls/$id' });
  const story = useStory(id);
  const { attempt, record, now, slot, told, call, sides } = story;
  const back = <Back to="/calls">{t('calls.title')}</Back>;
  if (!attempt && !record && !now) {
    return (
      <Stack p="sm" gap="sm">
        {back}
        {story.error ? <Failed why={story.error} onRetry={story.retry} /> : story.pending ? <Loading /> : <Empty title={t('calls.absent')}>{t('calls.absentNext')}</Empty>}
      </Stack>
    );
  }
  const ended = attempt?.ended_at ?? record?.call.ended_at;
  const state = now?.state ?? (ended ? null : attempt?.state);
  const outcome = attempt?.outcome ?? record?.call.outcome;
  const since = now ? sinceOf(now) : null;
  const facts = {
    direction: call?.direction ?? 'outbound', queued_at: attempt?.queued_at ?? call?.started_at, permitted_at: attempt?.permitted_at, dialled_at: attempt?.dialled_at ?? (call?.direction === 'inbound' ? undefined : call?.started_at),
    ringing_at: call?.ringing_at ?? attempt?.ringing_at, answered_at: call?.answered_at ?? attempt?.answered_at, ended_at: attempt && !attempt.dialled_at && !call ? undefined : ended, outcome, sip_code: call?.sip_code ?? attempt?.sip_code, hangup_by: call?.hangup_by,
  };
  const trunk = told?.attempt.trunk_name ?? attempt?.trunk ?? call?.trunk_id;
  const arrows = told ? told.ladder.map((line) => arrowOf(line, i18n.language === 'ru')) : ladderOf(facts);
  const halves = sides && { hub: sides.hub, pbx: sides.pbx, differs: call?.differs ?? told?.record?.differs ?? [] };
  return (
    <Stack p="sm" gap="sm">
      {back}
      <Banner role={state ? (attemptRole[state] ?? 'idle') : outcome === 'answered' ? 'active-call' : 'idle'} title={t('calls.one', { slot: slot ?? '—' })} actions={state && slot && (told?.can_hang_up ?? isOnLine(state)) ? <Hangup id={id} slot={slot} /> : undefined}>
        {state ? <AttemptTag state={state} /> : <OutcomeTag outcome={outcome} />}
        {state && since && <span className={classes.bannerTimer}><Timer since={since} /></span>}
        {state && <Legs state={state} />}
        {told && <Text span size="sm" c="var(--quiet)">{told.number}</Text>}
      </Banner>
      <Marks story={story} />
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="sm">
        <Stack gap="sm">
          <Ladder arrows={arrows} trunk={trunk === undefined ? null : String(trunk)} />
          <Media record={halves} dtmf={attempt?.dtmf ?? record?.pbx?.dtmf_received} />
          <Halves record={halves} />
        </Stack>
        <Stack gap="sm">
          <About id={id} story={story} />
          {told && <Gates of={told} />}
          <Steps steps={told ? told.steps.map(momentOf) : story.steps.data} error={story.steps.error} onRetry={() => void story.steps.refetch()} slot={slot} />
        </Stack>
      </SimpleGrid>
    </Stack>
  );
}
