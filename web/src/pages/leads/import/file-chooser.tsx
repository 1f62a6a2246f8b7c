// The file: chosen or dropped; read as far as its header and first rows.
import { Alert, FileButton, Button, Text } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from '../leads.module.css';
import { type FileFault, type FileHead, readHead } from './read-file.ts';

export function FileChooser({ name, onChoose }: { name: string | undefined; onChoose: (file: File, head: FileHead) => void }) {
  const { t } = useTranslation();
  const [fault, setFault] = useState<FileFault | null>(null);
  const [over, setOver] = useState(false);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    const head = await readHead(file).catch((): FileFault => 'empty');
    setFault(typeof head === 'string' ? head : null);
    if (typeof head !== 'string') onChoose(file, head);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void take(event.dataTransfer.files[0]);
  };
  return (
    <>
      <div className={classes.drop} data-over={over || undefined} onDragOver={(event) => { event.preventDefault(); setOver(true); }} onDragLeave={() => setOver(false)} onDrop={drop}>
        <IconFileSpreadsheet size={22} stroke={1.6} aria-hidden />
        <FileButton accept=".csv,.txt,.tsv,text/csv" onChange={(file) => void take(file)}>{(props) => <Button variant={name ? 'default' : 'filled'} {...props}>{t(name ? 'leads.import.other' : 'leads.import.choose')}</Button>}</FileButton>
        <Text size="sm" fw={name ? 600 : undefined} c={name ? undefined : 'var(--quiet)'}>{name ?? t('leads.import.drop')}</Text>
      </div>
      {fault && <Alert color="red" role="alert">{t(`leads.import.faults.${fault}`)}</Alert>}
    </>
  );
}
