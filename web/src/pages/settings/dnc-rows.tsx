// Entries of a do-not-call list: never the number, only whence, why, who and when.
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { Confirm } from '@/parts/confirm.tsx';
import { GoLink } from '@/parts/go-link.tsx';
import { say } from '@/parts/say.ts';
import { Tag } from '@/parts/tag.tsx';
import { Time } from '@/parts/time.tsx';
import { type Column, type More, VirtualTable } from '@/parts/virtual-table.tsx';
import { peopleQuery } from '@/pages/people/questions.ts';
import { type DncEntry, sourceKey } from './questions.ts';

const short = (id: string) => id.slice(0, 8);
const ofAttempt = /^attempt ([0-9a-f-]{36})$/; // the reason the platform writes then

function Remove({ entry, onGone }: { entry: DncEntry; onGone?: () => void }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const remove = async (reason: string) => {
    await ask(api.DELETE('/ottb/do-not-call/{dnc_entry}', { params: { path: { dnc_entry: entry.id }, query: { list: entry.list, reason } } }));
    void queries.invalidateQueries({ queryKey: ['do not call'] });
    say({ message: t('settings.removed'), color: 'teal' });
    onGone?.();
  };
  return (
    <>
      <Button variant="subtle" color="red" size="compact-xs" onClick={() => setAsking(true)}>{t('settings.takeOff')}</Button>
      {asking && (
        <Confirm title={t('settings.takeOff')} verb={t('settings.takeOff')} danger reason typed={short(entry.id)} onDo={remove} onClose={() => setAsking(false)}>
          {t('settings.takeOffText')}
        </Confirm>
      )}
    </>
  );
}

function Reason({ of }: { of: DncEntry }) {
  const { t } = useTranslation();
  const may = useMay();
  const attempt = ofAttempt.exec(of.reason ?? '')?.[1];
  if (attempt && may('ottb.attempt.read')) return <GoLink to="/calls/$id" params={{ id: attempt }} size="sm">{t('settings.inCall')}</GoLink>;
  return <span title={of.reason}>{attempt ? t('settings.inCall') : (of.reason ?? '—')}</span>;
}

export function DncRows({ entries, label, more, onGone }: { entries: readonly DncEntry[]; label: string; more?: More; onGone?: () => void }) {
  const { t } = useTranslation();
  const may = useMay();
  const canRemove = may('ottb.dnc.remove');
  const people = useQuery({ ...peopleQuery, refetchInterval: false, enabled: may('point.person.read') });
  const logins = useMemo(() => new Map(people.data?.map((one) => [one.id, one.login])), [people.data]);
  const columns = useMemo<Column<DncEntry>[]>(
    () => [
      { id: 'id', header: t('settings.entry'), width: '92px', cell: (one) => <code title={one.id}>{short(one.id)}</code> },
      { id: 'at', header: t('settings.addedAt'), width: '150px', cell: (one) => <Time at={one.added_at} /> },
      { id: 'source', header: t('settings.source'), width: 'minmax(172px, 0.8fr)', cell: (one) => <Tag>{t(sourceKey(one.source), { defaultValue: one.source })}</Tag> },
      { id: 'reason', header: t('parts.reason'), width: 'minmax(160px, 2fr)', cell: (one) => <Reason of={one} /> },
      { id: 'by', header: t('settings.addedBy'), width: 'minmax(110px, 0.8fr)', cell: (one) => (one.added_by ? (one.added_by === 'callee' ? t('settings.callee') : (logins.get(one.added_by) ?? one.added_by)) : '—') },
      ...(canRemove ? [{ id: 'remove', header: t('parts.actions'), hidden: true, right: true, width: '110px', cell: (one: DncEntry) => <Remove entry={one} onGone={onGone} /> }] : []),
    ],
    [t, logins, canRemove, onGone],
  );
  return <VirtualTable label={label} rows={entries} idOf={(one) => `${one.list} ${one.id}`} columns={columns} more={more} />;
}
