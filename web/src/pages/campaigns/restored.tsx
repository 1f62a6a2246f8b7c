// What was being written when this tab left the page stands there again; one may begin anew.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '@/parts/notice.tsx';

export function Restored({ onAnew }: { onAnew: () => void }) {
  const { t } = useTranslation();
  return <Notice>{t('campaigns.restored')} <Button size="compact-xs" variant="subtle" onClick={onAnew}>{t('campaigns.anew')}</Button></Notice>;
}
