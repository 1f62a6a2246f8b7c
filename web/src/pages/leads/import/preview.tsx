// The first twenty rows as they were read.
import { ScrollArea, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Section } from '@/parts/section.tsx';
import { Tag } from '@/parts/tag.tsx';
import classes from '../leads.module.css';
import { digitsOf } from './check.ts';
import { delimiterNames } from './csv.ts';
import { type Mapping, members } from './mapping.ts';
import type { FileHead } from './read-file.ts';

export function Preview({ head, mapping }: { head: FileHead; mapping: Mapping }) {
  const { t } = useTranslation();
  const phone = head.header.indexOf(mapping.columns.phone);
  const memberOf = (name: string) => members.find((member) => mapping.columns[member] === name && name !== '');
  const wrong = (fields: readonly string[], fault: string | undefined) => (fault ? t('leads.import.row.fault') : fields.length > head.header.length ? t('leads.import.row.wide') : phone >= 0 && digitsOf(fields[phone] ?? '') === '' ? t('leads.import.row.phone') : null);
  return (
    <Section title={t('leads.import.preview', { count: head.rows.length })} note={t('leads.import.readAs', { delimiter: t(`leads.import.delimiters.${delimiterNames[head.delimiter] as 'comma'}`), columns: head.header.length })}>
      <ScrollArea.Autosize mah={380} type="auto" className={classes.preview} viewportProps={{ tabIndex: 0, role: 'region', 'aria-label': t('leads.import.preview', { count: head.rows.length }) }}>
        <Table stickyHeader highlightOnHover>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('leads.import.line')}</Table.Th>
              {/* oxlint-disable-next-line react/no-array-index-key -- two columns may have one name */}
              {head.header.map((name, i) => { const member = memberOf(name); return <Table.Th key={i} scope="col"><span className={classes.member}>{member && t(`leads.import.members.${member}`)}</span>{name || '—'}</Table.Th>; })}
              <Table.Th>{t('leads.import.problem')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {head.rows.map((row) => {
              const bad = wrong(row.fields, row.fault);
              return (
                <Table.Tr key={row.line}>
                  <Table.Td c="var(--quiet)">{row.line}</Table.Td>
                  {/* oxlint-disable-next-line react/no-array-index-key -- a cell is its column */}
                  {head.header.map((_, i) => <Table.Td key={i}>{row.fields[i] ?? ''}</Table.Td>)}
                  <Table.Td>{bad && <Tag tone="bad">{bad}</Tag>}</Table.Td>
                </Table.Tr>
              );
            })}
          </Table.Tbody>
        </Table>
      </ScrollArea.Autosize>
    </Section>
  );
}
