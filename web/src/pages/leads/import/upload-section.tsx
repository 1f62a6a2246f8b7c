// Sends the file. As soon as the server has begun, the import's id goes into the URL: from there on a reload loses nothing.
import { Alert, Button, Group, Progress, Text } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/api/problem.ts';
import type { CampaignView } from '@/pages/campaigns/rows.ts';
import { useNumbers } from '@/parts/numbers.ts';
import { useDeeds } from '@/parts/shortcuts.ts';
import { useProblemWords } from '@/parts/states.tsx';
import { useHere } from '@/parts/use-here.ts';
import { delimiterNames } from './csv.ts';
import { lastImport, newImport } from './imports.ts';
import { type Mapping, queryOf } from './mapping.ts';
import type { FileHead } from './read-file.ts';
import { type Upload, upload } from './upload.ts';

interface UploadProps {
  file: File;
  head: FileHead;
  mapping: Mapping;
  campaign: CampaignView | undefined;
  ready: boolean;
  onKnown: (id: string) => void;
}

export function UploadSection({ file, head, mapping, campaign, ready, onKnown }: UploadProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const { percent } = useNumbers();
  const queries = useQueryClient();
  const [share, setShare] = useState<number | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  const running = useRef<Upload | null>(null);
  const here = useHere(); // the answer may come when the person is long elsewhere
  const busy = share !== null;

  // While the file is still leaving this browser, leaving the page would lose it.
  useEffect(() => {
    if (share === null || share >= 1) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [share]);
  // The server answers when all is stored; until then its list says that the import runs.
  const sent = share === 1;
  const watched = useRef<{ campaign: string; before: string; filename: string } | null>(null);
  useEffect(() => {
    const what = watched.current;
    if (!sent || !what) return;
    const timer = setInterval(() => void newImport(what).then((id) => id && here.current && onKnown(id), () => undefined), 700);
    return () => clearInterval(timer);
  }, [sent, onKnown, here]);

  const begin = async () => {
    if (!campaign || busy) return;
    setWrong(null);
    setShare(0);
    const query = queryOf(mapping, delimiterNames[head.delimiter], file.name);
    try {
      watched.current = { campaign: campaign.id, before: await lastImport(campaign.id), filename: query['filename'] ?? '' };
      running.current = upload(campaign.id, query, file, setShare);
      const done = await running.current.finished;
      queries.setQueryData(['import', done.id], done);
      if (here.current) onKnown(done.id);
      void queries.invalidateQueries({ queryKey: ['imports'] });
      void queries.invalidateQueries({ queryKey: ['leads'] });
    } catch (why) {
      if (!(why instanceof DOMException)) setWrong(why);
    } finally {
      setShare(null);
    }
  };
  const can = ready && campaign !== undefined && !busy;
  useDeeds(can ? [{ id: 'import begin', label: t('leads.import.begin'), group: t('leads.import.title'), run: () => void begin() }] : []);
  return (
    <>
      {wrong !== null && <Alert color="red" role="alert">{wrong instanceof Problem && wrong.status === 0 ? t('leads.import.cut') : words(wrong)}</Alert>}
      {busy ? (
        <div role="status">
          <Group justify="space-between" mb={4}>
            <Text size="sm">{sent ? t('leads.import.storing') : t('leads.import.sending', { share: percent(share) })}</Text>
            {!sent && <Button variant="default" onClick={() => running.current?.stop()}>{t('bulk.stop')}</Button>}
          </Group>
          <Progress value={share * 100} animated={sent} size="lg" aria-label={t('leads.import.progress')} />
        </div>
      ) : (
        <Group>
          <Button size="sm" leftSection={<IconUpload size={16} aria-hidden />} disabled={!can} onClick={() => void begin()}>{t('leads.import.begin')}</Button>
          {!campaign && <Text size="sm" c="var(--quiet)">{t('leads.import.chooseCampaign')}</Text>}
        </Group>
      )}
    </>
  );
}
