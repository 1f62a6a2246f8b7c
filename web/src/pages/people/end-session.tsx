// Ends one session, after asking; it is over within a second.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay, useMe } from '@/api/me.ts';
import { agentWords } from '@/parts/agent.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { say } from '@/parts/say.ts';
import { Tag } from '@/parts/tag.tsx';
import type { Session } from './questions.ts';

export function EndSession({ session, who }: { session: Session; who?: string }) {
  const { t } = useTranslation();
  const may = useMay();
  const me = useMe();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  if (session.id === me.session) return <Tag tone="good">{t('account.this')}</Tag>;
  if (!may('point.session.revoke')) return null;
  const end = async () => {
    await ask(api.DELETE('/point/sessions/{session}', { params: { path: { session: session.id } } }));
    void queries.invalidateQueries({ queryKey: ['sessions'] });
    say({ message: t('people.ended'), color: 'teal' });
  };
  return (
    <>
      <Button variant="subtle" color="red" size="compact-xs" onClick={() => setAsking(true)}>{t('account.end')}</Button>
      {asking && (
        <Confirm title={t('people.endTitle')} verb={t('account.end')} danger onDo={end} onClose={() => setAsking(false)}>
          {[who, agentWords(session.agent), session.address].filter(Boolean).join(' · ')}. {t(session.service_role ? 'people.endService' : 'people.endText')}
        </Confirm>
      )}
    </>
  );
}
