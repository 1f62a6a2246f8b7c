// Somebody saved the campaign meanwhile: what is different, side by side, and whose shall stand.
import { Button, Group, Table, Text, Title } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './campaigns.module.css';
import { fieldName } from './field-words.ts';
import { useFieldValue } from './field-value.ts';
import { type CampaignForm, differing } from './form.ts';

interface ConflictProps {
  mine: CampaignForm;
  theirs: CampaignForm;
  versions: [number, number];
  onMine: () => void;
  onTheirs: () => void;
}

export function Conflict({ mine, theirs, versions, onMine, onTheirs }: ConflictProps) {
  const { t } = useTranslation();
  const value = useFieldValue();
  const fields = differing(mine, theirs);
  return (
    <div className={classes.conflict} data-state="calling" role="alert">
      <Title order={2} mb={4}><IconArrowsDiff size={18} aria-hidden /> {t('campaigns.conflict.title')}</Title>
      <Text size="sm" mb={6}>{t(fields.length > 0 ? 'campaigns.conflict.text' : 'campaigns.conflict.same', { from: versions[0], to: versions[1] })}</Text>
      {fields.length > 0 && (
        <Table mb="xs">
          <Table.Thead>
            <Table.Tr><Table.Th>{t('campaigns.conflict.field')}</Table.Th><Table.Th>{t('campaigns.conflict.mine')}</Table.Th><Table.Th>{t('campaigns.conflict.theirs')}</Table.Th></Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {fields.map((field) => (
              <Table.Tr key={field}><Table.Th scope="row">{t(fieldName[field])}</Table.Th><Table.Td>{value(field, mine)}</Table.Td><Table.Td>{value(field, theirs)}</Table.Td></Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Group gap={6}>
        <Button variant="default" onClick={onTheirs}>{t('campaigns.conflict.takeTheirs')}</Button>
        <Button variant="default" onClick={onMine}>{t('campaigns.conflict.keepMine')}</Button>
      </Group>
    </div>
  );
}
