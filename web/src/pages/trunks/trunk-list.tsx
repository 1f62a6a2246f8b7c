// All trunks as cards, and what is done with them.
import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ask } from '@/api/client.ts';
import { useMay } from '@/api/me.ts';
import { askTagged } from '@/api/tagged.ts';
import { Answer } from '@/parts/answer.tsx';
import { Confirm } from '@/parts/confirm.tsx';
import layout from '@/parts/page.module.css';
import { Empty } from '@/parts/states.tsx';
import { TrunkCard } from './trunk-card.tsx';
import { draftOf, inputOf } from './trunk-draft.ts';
import classes from './trunks.module.css';
import { type TrunkRow, useTrunks } from './use-trunks.ts';

export function TrunkList({ onOpen }: { onOpen: (trunk: string) => void }) {
  const { t } = useTranslation();
  const may = useMay()('ottb.trunk.write');
  const queries = useQueryClient();
  const { list, rows } = useTrunks();
  const [switching, setSwitching] = useState<TrunkRow | null>(null);
  const flip = async ({ id, enabled }: TrunkRow) => {
    const path = { trunk: String(id) };
    const { data, tag } = await askTagged(api.GET('/ottb/trunks/{trunk}', { params: { path } }));
    await ask(api.PUT('/ottb/trunks/{trunk}', { params: { path, header: { 'If-Match': tag } }, body: { ...inputOf(draftOf(data)), enabled: !enabled } }));
    await queries.invalidateQueries({ queryKey: ['trunks'] });
  };
  const verb = t(switching?.enabled ? 'trunks.disable' : 'trunks.enable');
  return (
    <div className={layout.scroll} tabIndex={-1}>
      <Answer of={list} rows={6}>
        {() =>
          rows.length === 0 ? (
            <Empty title={t('trunks.none')} action={may && <Button onClick={() => onOpen('new')}>{t('trunks.add')}</Button>}>{t('trunks.noneNext')}</Empty>
          ) : (
            <div className={classes.cards}>
              {rows.map((trunk) => <TrunkCard key={trunk.id} trunk={trunk} may={may} onChange={() => onOpen(String(trunk.id))} onSwitch={() => setSwitching(trunk)} />)}
            </div>
          )
        }
      </Answer>
      {switching && (
        <Confirm title={`${verb}: ${switching.name}`} verb={verb} danger={switching.enabled} onDo={() => flip(switching)} onClose={() => setSwitching(null)}>
          {t(switching.enabled ? 'trunks.disableMeans' : 'trunks.enableMeans')}
        </Confirm>
      )}
    </div>
  );
}
