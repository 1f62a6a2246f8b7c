// Every key that does something now. Loaded when it is first asked for.
import { Kbd, Modal, Table, Text } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { keyName, useAllDeeds } from './shortcuts.ts';

export function KeyList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const deeds = useAllDeeds().filter((deed) => deed.key);
  const groups = [...new Set(deeds.map((deed) => deed.group))];
  return (
    <Modal opened onClose={onClose} title={<Text fw={650}>{t('keys.title')}</Text>} closeButtonProps={{ 'aria-label': t('parts.close') }}>
      <Table withRowBorders={false}>
        <Table.Tbody>
          {groups.map((group) => (
            <Fragment key={group}>
              <Table.Tr><Table.Th colSpan={2} scope="rowgroup">{group}</Table.Th></Table.Tr>
              {deeds.filter((deed) => deed.group === group).map((deed) => (
                <Table.Tr key={deed.id}>
                  <Table.Td>{deed.label}</Table.Td>
                  <Table.Td ta="right">{deed.key!.split(' ').map((one) => <Kbd key={one} ml={4}>{keyName(one)}</Kbd>)}</Table.Td>
                </Table.Tr>
              ))}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
