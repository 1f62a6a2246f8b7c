// People and sessions are read anew when somebody wishes it: each look stands in the audit log.
import { ActionIcon } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useIsFetching, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useDeeds } from '@/parts/shortcuts.ts';

const keys: ReadonlySet<unknown> = new Set(['people', 'sessions', 'roles', 'signing keys']);
const mine = ({ queryKey }: { queryKey: readonly unknown[] }): boolean => keys.has(queryKey[0]);

export function AgainButton() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const busy = useIsFetching({ predicate: mine }) > 0;
  const again = () => void queries.invalidateQueries({ predicate: mine });
  useDeeds([{ id: 'people again', label: t('people.again'), group: t('people.title'), key: 'u', run: again }]);
  return <ActionIcon variant="default" aria-label={t('people.again')} title={t('people.againNote')} loading={busy} onClick={again}><IconRefresh size={15} /></ActionIcon>;
}
