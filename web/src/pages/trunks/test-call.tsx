// A test call: a slot at rest dials a service or another slot, and what becomes of it is seen here. Nobody outside is dialled.
import { Alert, Button, Group, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { IconPhoneOff, IconPhoneOutgoing } from '@tabler/icons-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Command, dial, order } from '@/api/commands.ts';
import { useMay } from '@/api/me.ts';
import { useWall } from '@/pages/wall/use-wall.ts';
import { GoLink } from '@/parts/go-link.tsx';
import { Section } from '@/parts/section.tsx';
import { StateBadge } from '@/parts/state-badge.tsx';
import { Empty, Loading, useProblemWords } from '@/parts/states.tsx';
import { Tag } from '@/parts/tag.tsx';
import { Timer } from '@/parts/time.tsx';
import { restingSlots, services, withChosen } from './test-slots.ts';
import { TestPermit } from './test-permit.tsx';
import classes from './trunks.module.css';

const dialRule = /^[12678]\d{3,5}$/;

export function TestCall() {
  const { t } = useTranslation();
  const may = useMay();
  const words = useProblemWords();
  const { slots, pending } = useWall(false);
  const [number, setNumber] = useState<string | null>(null);
  const [service, setService] = useState<string>(services[0]);
  const [other, setOther] = useState('');
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<{ number: string; to: string; command: Command } | null>(null);
  const [wrong, setWrong] = useState<unknown>(null);
  const to = service === 'other' ? other : service;
  const free = useMemo(() => restingSlots(slots), [slots]);
  const slot = slots.find((one) => one.number === (sent?.number ?? ''));
  // The list stands still while one chooses from it, and whoever is chosen stays in it.
  const [offered, setOffered] = useState<typeof free>([]);
  const resting = number === null || free.some((one) => one.number === number);
  const options = withChosen(offered, slots, number);
  const good = number !== null && resting && dialRule.test(to) && to !== number;

  const run = async (what: () => Promise<void>) => {
    setBusy(true);
    setWrong(null);
    try {
      await what();
    } catch (problem) {
      setWrong(problem);
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (good && !busy) void run(async () => setSent({ number, to, command: await dial(number, to) }));
  };
  const calling = slot && ['CALLING', 'ACTIVE_CALL'].includes(slot.state);
  return (
    <div className={classes.test}>
      <Section title={t('trunks.testCall')} note={t('trunks.testWhat')}>
        {pending ? (
          <Loading rows={3} />
        ) : slots.length === 0 ? (
          <Empty title={t('wall.none')}>{t('wall.noneNext')}</Empty>
        ) : (
          <form onSubmit={submit}>
            <Stack gap="sm">
              <Select label={t('trunks.fromSlot')} description={t('trunks.freeSlots', { count: free.length })} data={options.map((one) => ({ value: one.number, label: `${one.number} · ${one.hub}` }))} value={number} onChange={setNumber} onDropdownOpen={() => setOffered(free)} error={!resting && sent?.number !== number ? t('trunks.notResting') : undefined} searchable limit={50} nothingFoundMessage={t('trunks.nothing')} />
              <div>
                <Text size="xs" fw={500} mb={4} id="dial-to">{t('trunks.dialTo')}</Text>
                <Group gap="xs">
                  <SegmentedControl aria-labelledby="dial-to" value={service} onChange={setService} data={[...services.map((value) => ({ value, label: `${value} · ${t(`trunks.services.${value}`)}` })), { value: 'other', label: t('trunks.otherSlot') }]} />
                  {service === 'other' && <TextInput aria-label={t('trunks.otherSlot')} placeholder="7002" value={other} onChange={(e) => setOther(e.currentTarget.value.trim())} w={90} inputMode="numeric" autoComplete="off" />}
                </Group>
              </div>
              <Group>
                <Button type="submit" leftSection={<IconPhoneOutgoing size={15} aria-hidden />} disabled={!good} loading={busy}>{t('trunks.dial')}</Button>
              </Group>
            </Stack>
          </form>
        )}
        {wrong !== null && <Alert color="red" role="alert">{words(wrong)}</Alert>}
        {sent && (
          <Stack gap="xs" role="status">
            <Group gap="xs">
              <Tag tone={sent.command.ok === false ? 'bad' : sent.command.done_at ? 'good' : 'warn'}>{t(sent.command.ok === false ? 'trunks.dialRefused' : sent.command.done_at ? 'trunks.dialTaken' : 'trunks.dialSent')}</Tag>
              <Text span size="sm">{sent.number} → {sent.to} {sent.command.ok === false ? sent.command.message : ''}</Text>
            </Group>
            {slot && (
              <Group gap="xs">
                <StateBadge state={slot.state} />
                <Timer since={slot.since} />
                <GoLink to="/slots/$number" params={{ number: slot.number }} size="sm">{t('trunks.toSlot')}</GoLink>
                {calling && may('ottb.slot.control') && <Button size="compact-xs" variant="light" color="red" leftSection={<IconPhoneOff size={13} aria-hidden />} loading={busy} onClick={() => void run(async () => void (await order(slot.number, 'hangup', t('trunks.testCall'))))}>{t('slot.verbs.hangup')}</Button>}
              </Group>
            )}
          </Stack>
        )}
      </Section>
      {may('ottb.permit.mint') && <TestPermit />}
    </div>
  );
}
