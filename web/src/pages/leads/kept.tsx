// What the import kept about the person: shown only when asked for, for the look is logged.
import { Button, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { Fact, Facts } from '@/parts/facts.tsx';
import { Section } from '@/parts/section.tsx';
import { Failed, Loading } from '@/parts/states.tsx';

export function Kept({ id }: { id: string }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const kept = useQuery({ queryKey: ['lead', id, 'kept'], enabled: asked, refetchOnWindowFocus: false, gcTime: 0, queryFn: ({ signal }) => ask(api.GET('/ottb/leads/{lead}/attributes', { params: { path: { lead: id } }, signal })) });
  const facts = Object.entries((kept.data ?? {}) as Record<string, unknown>);
  const button = !asked && <Button variant="default" onClick={() => setAsked(true)}>{t('slot.show')}</Button>;
  return (
    <Section title={t('leads.kept.title')} note={asked ? undefined : t('slot.credentialsNote')} action={button}>
      {asked && (kept.isPending ? <Loading rows={2} /> : kept.isError ? <Failed why={kept.error} onRetry={() => void kept.refetch()} /> : facts.length === 0 ? <Text size="sm" c="var(--quiet)">{t('leads.kept.none')}</Text> : <Facts>{facts.map(([name, value]) => <Fact key={name} name={name}>{String(value)}</Fact>)}</Facts>)}
    </Section>
  );
}
