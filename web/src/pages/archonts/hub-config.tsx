// What the hub shall run, whether it does, and where it differs.
import { CopyButton, Text, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Answer } from '@/parts/answer.tsx';
import { Fact, Facts } from '@/parts/facts.tsx';
import { Section } from '@/parts/section.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import classes from './archonts.module.css';

function Hash({ of }: { of: string | undefined }) {
  const { t } = useTranslation();
  if (!of) return <>—</>;
  return (
    <CopyButton value={of}>
      {({ copied, copy }) => <UnstyledButton className={classes.hash} title={of} aria-label={t('archonts.copyHash', { hash: of.slice(0, 12) })} onClick={copy}>{copied ? t('parts.copied') : of.slice(0, 12)}</UnstyledButton>}
    </CopyButton>
  );
}

export function HubConfig({ hub, live }: { hub: string; live: boolean }) {
  const { t } = useTranslation();
  const config = useQuery({ queryKey: ['hubs', hub, 'config'], queryFn: ({ signal }) => ask(api.GET('/ottb/hubs/{hub}/config', { params: { path: { hub } }, signal })), refetchInterval: live ? 15_000 : 6_000 });
  const state = config.data?.state;
  return (
    <Section title={t('archonts.config')} action={state && <Tag tone={state.in_sync ? 'good' : 'warn'}>{t(state.in_sync ? 'archonts.inSync' : 'archonts.differs')}</Tag>}>
      <Answer of={config} rows={4}>
        {({ state, document }) => (
          <>
            <Facts>
              <Fact name={t('archonts.desired')}><Hash of={state.desired_hash} /></Fact>
              <Fact name={t('archonts.running')}><Hash of={state.running_hash} /></Fact>
              <Fact name={t('archonts.toldAt')}><Time at={state.at} /></Fact>
            </Facts>
            {state.drift.length > 0 && (
              <div>
                <Text size="sm">{t('archonts.driftAt', { count: state.drift.length })}</Text>
                <ul className={classes.drift}>{state.drift.slice(0, 50).map((pointer) => <li key={pointer}>{pointer}</li>)}</ul>
                {state.drift.length > 50 && <Text size="sm">{t('archonts.driftMore', { count: state.drift.length - 50 })}</Text>}
              </div>
            )}
            {!state.in_sync && <Text size="sm" c="var(--quiet)">{t('archonts.driftNext')}</Text>}
            <Facts>
              <Fact name={t('slot.realm')}>{document.realm}</Fact>
              <Fact name={t('slot.proxy')}>{document.proxy}</Fact>
              <Fact name={t('archonts.rtp')}>{document.rtp_ports}</Fact>
              <Fact name={t('archonts.expires')}>{t('archonts.s', { n: document.register_expires })}</Fact>
              <Fact name={t('archonts.perSecond')}>{document.registrations_per_second}</Fact>
              <Fact name={t('archonts.permit')}>{t('archonts.s', { n: document.permit_seconds })}</Fact>
              <Fact name={t('archonts.queue')}>{document.lead_queue}</Fact>
              <Fact name={t('archonts.broker')}>{`${document.rabbit_host}:${document.rabbit_port}`}</Fact>
              <Fact name={t('archonts.slots')}>{document.slots.length}</Fact>
            </Facts>
          </>
        )}
      </Answer>
    </Section>
  );
}
