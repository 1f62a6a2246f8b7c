// The call record: what the hub saw and what the exchange saw, side by side, with where they disagree.
import { Table, VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '@/api/client.ts';
import { Notice } from '@/parts/notice.tsx';
import { useNumbers } from '@/parts/numbers.ts';
import { OutcomeTag } from '@/parts/outcome.tsx';
import { Section } from '@/parts/section.tsx';
import { Empty } from '@/parts/states.tsx';
import { Time } from '@/parts/time.tsx';
import classes from './calls.module.css';

type Half = Schemas['call_half'];
/** Both halves and where they disagree, from whichever module said it. */
export interface Sides {
  hub?: Half;
  pbx?: Half;
  differs: readonly string[];
}

export function Halves({ record }: { record: Sides | null }) {
  const { t } = useTranslation();
  if (!record) return <Section title={t('calls.record.title')}><Empty title={t('calls.record.none')}>{t('calls.record.noneNext')}</Empty></Section>;
  const { hub, pbx, differs } = record;
  const by = (half: Half) => half.hangup_by && t(`calls.by.${half.hangup_by as 'lead'}`, { defaultValue: half.hangup_by });
  const rows: [string, (half: Half) => ReactNode, string?][] = [
    [t('calls.outcome'), (half) => <OutcomeTag outcome={half.outcome} />, 'outcome'],
    [t('calls.marks.dialled'), (half) => <Time at={half.started_at} />],
    [t('calls.marks.ringing'), (half) => <Time at={half.ringing_at} />],
    [t('calls.marks.answered'), (half) => <Time at={half.answered_at} />, 'answered'],
    [t('calls.marks.ended'), (half) => <Time at={half.ended_at} />, 'duration'],
    ['SIP', (half) => half.sip_code || undefined], // 0: no answer of SIP ended it
    ['Q.850', (half) => half.q850 || undefined],
    [t('calls.endedBy'), by],
    [t('calls.record.received'), (half) => <Time at={half.received_at} />],
  ];
  return (
    <Section title={t('calls.record.title')}>
      {differs.length > 0 && <Notice>{t('calls.record.differs', { what: differs.map((one) => t(`calls.record.differ.${one as 'outcome'}`, { defaultValue: one })).join(', ') })}</Notice>}
      <Table.ScrollContainer minWidth={320}>
        <Table withRowBorders>
          <Table.Thead><Table.Tr><Table.Th><VisuallyHidden>{t('calls.record.what')}</VisuallyHidden></Table.Th><Table.Th scope="col">{t('calls.record.hub')}</Table.Th><Table.Th scope="col">{t('calls.record.pbx')}</Table.Th></Table.Tr></Table.Thead>
          <Table.Tbody>
            {rows.map(([name, value, differ]) => (
              <Table.Tr key={name} className={differ && differs.includes(differ) ? classes.differs : undefined}>
                <Table.Th scope="row" fw={500}>{name}</Table.Th>
                <Table.Td>{hub ? (value(hub) ?? '—') : t('calls.record.notYet')}</Table.Td>
                <Table.Td>{pbx ? (value(pbx) ?? '—') : t('calls.record.notYet')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

/** Packets each way, as both sides counted, and the digits that were pressed. */
export function Media({ record, dtmf }: { record: Sides | null; dtmf: string | undefined }) {
  const { t } = useTranslation();
  const { count } = useNumbers();
  const { hub, pbx } = record ?? {};
  const side = (name: string, half: Half) => {
    const silent = half.answered_at && (half.rtp_sent === 0 || half.rtp_received === 0);
    return (
      <Table.Tr key={name} className={silent ? classes.differs : undefined}>
        <Table.Th scope="row" fw={500}>{name}</Table.Th>
        <Table.Td ta="right">{count(half.rtp_sent)}</Table.Td>
        <Table.Td ta="right">{count(half.rtp_received)}</Table.Td>
        <Table.Td ta="right">{count(half.rtp_lost)}</Table.Td>
        <Table.Td>{[half.dtmf_sent && `→ ${half.dtmf_sent}`, half.dtmf_received && `← ${half.dtmf_received}`].filter(Boolean).join('  ') || '—'}</Table.Td>
      </Table.Tr>
    );
  };
  return (
    <Section title={t('calls.media.title')} note={hub || pbx ? undefined : t('calls.media.none')} action={dtmf ? <b>{t('calls.dtmf')}: {dtmf}</b> : undefined}>
      {(hub ?? pbx) && (
        <Table.ScrollContainer minWidth={360}>
          <Table>
            <Table.Thead>
              <Table.Tr><Table.Th><VisuallyHidden>{t('calls.record.what')}</VisuallyHidden></Table.Th><Table.Th ta="right" scope="col">{t('calls.media.sent')}</Table.Th><Table.Th ta="right" scope="col">{t('calls.media.received')}</Table.Th><Table.Th ta="right" scope="col">{t('calls.media.lost')}</Table.Th><Table.Th scope="col">{t('calls.dtmf')}</Table.Th></Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {hub && side(t('calls.record.hub'), hub)}
              {pbx && side(t('calls.record.pbx'), pbx)}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {[hub, pbx].some((half) => half?.answered_at && (half.rtp_sent === 0 || half.rtp_received === 0)) && <Notice>{t('calls.media.oneWay')}</Notice>}
    </Section>
  );
}
