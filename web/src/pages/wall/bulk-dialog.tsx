// A bulk deed from dry run to result: what would happen to each slot, the reason, progress, each result, and again for what failed.
import { Button, Group, Modal, Progress, ScrollArea, Stack, Table, Text, Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { order } from '@/api/commands.ts';
import { StateBadge } from '@/parts/state-badge.tsx';
import { useProblemWords } from '@/parts/states.tsx';
import { Tag, type Tone } from '@/parts/tag.tsx';
import { type BulkDeed, type ItemResult, type ItemState, planOne, type Run, runBulk } from './bulk.ts';
import type { WallSlot } from './wall-slot.ts';

const tones: Record<ItemState, Tone> = { waiting: 'plain', running: 'plain', done: 'good', sent: 'warn', failed: 'bad', stopped: 'plain' };

interface BulkDialogProps {
  deed: BulkDeed;
  slots: readonly WallSlot[]; // as they were when the deed was asked for
  onClose: () => void;
}

export function BulkDialog({ deed, slots, onClose }: BulkDialogProps) {
  const { t } = useTranslation();
  const words = useProblemWords();
  const queries = useQueryClient();
  const plans = useMemo(() => slots.map((slot) => planOne(deed, slot)), [deed, slots]);
  const [reason, setReason] = useState('');
  const [results, setResults] = useState<ReadonlyMap<string, ItemResult>>(() => new Map());
  const [running, setRunning] = useState(false);
  const run = useRef<Run | null>(null);

  const todo = plans.filter((plan) => plan.verbs.length > 0);
  const counts = (state: ItemState) => [...results.values()].filter((one) => one.state === state).length;
  const share = (state: ItemState) => (100 * counts(state)) / Math.max(1, todo.length);
  const begun = results.size > 0;

  const begin = async (which: typeof plans) => {
    setRunning(true);
    setResults((before) => new Map<string, ItemResult>([...before, ...which.map(({ number }): [string, ItemResult] => [number, { number, state: 'waiting' }])]));
    run.current = runBulk(which, reason.trim(), order, (result) => setResults((before) => new Map(before).set(result.number, result)));
    await run.current.finished;
    setRunning(false);
    void queries.invalidateQueries({ queryKey: ['slots'] });
  };
  const again = todo.filter((plan) => ['failed', 'stopped'].includes(results.get(plan.number)?.state ?? ''));

  return (
    <Modal opened size="lg" closeOnClickOutside={!begun && reason === ''} closeOnEscape={!running} onClose={() => { run.current?.stop(); onClose(); }} title={<Text fw={650}>{t(`bulk.${deed}`)}: {t('bulk.count', { count: slots.length })}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <Stack gap="sm">
        <Text size="sm">{t('bulk.dryRun', { will: todo.length, not: plans.length - todo.length })}</Text>
        <ScrollArea.Autosize mah="45vh" type="auto" viewportProps={{ tabIndex: 0 }}>
          <Table stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('wall.number')}</Table.Th>
                <Table.Th>{t('wall.state')}</Table.Th>
                <Table.Th>{t(begun ? 'bulk.result' : 'bulk.would')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {plans.map((plan, i) => {
                const result = results.get(plan.number);
                return (
                  <Table.Tr key={plan.number} c={plan.verbs.length === 0 ? 'var(--quiet)' : undefined}>
                    <Table.Td fw={600}>{plan.number}</Table.Td>
                    <Table.Td><StateBadge state={slots[i]!.state} /></Table.Td>
                    <Table.Td>
                      {result ? <Tag tone={tones[result.state]}>{t(`bulk.item.${result.state}`)}</Tag> : t(`bulk.note.${plan.note}`)}
                      {result?.why !== undefined && <Text span size="xs" ml={6}>{words(result.why)}</Text>}
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
        {begun && (
          <div aria-live="polite">
            <Progress.Root>
              <Progress.Section value={share('done')} color="teal" aria-label={t('bulk.item.done')} />
              <Progress.Section value={share('sent')} color="yellow" aria-label={t('bulk.item.sent')} />
              <Progress.Section value={share('failed')} color="red" aria-label={t('bulk.item.failed')} />
            </Progress.Root>
            <Text size="sm" mt={4}>{t('bulk.summary', { done: counts('done'), sent: counts('sent'), failed: counts('failed'), total: todo.length })}</Text>
          </div>
        )}
        {!begun && todo.length > 0 && <Textarea label={t('parts.reason')} value={reason} onChange={(e) => setReason(e.currentTarget.value)} maxLength={300} required autosize minRows={1} data-autofocus />}
        <Group justify="flex-end">
          {running ? (
            <Button variant="default" onClick={() => run.current?.stop()}>{t('bulk.stop')}</Button>
          ) : (
            <Button variant="default" onClick={onClose}>{t(begun ? 'parts.close' : 'parts.cancel')}</Button>
          )}
          {!begun && <Button disabled={todo.length === 0 || reason.trim() === ''} onClick={() => void begin(todo)}>{t(`bulk.${deed}`)} ({todo.length})</Button>}
          {begun && !running && again.length > 0 && <Button onClick={() => void begin(again)}>{t('bulk.again', { count: again.length })}</Button>}
        </Group>
      </Stack>
    </Modal>
  );
}
