// Reads a chosen file in pieces, without holding up the page: header and first rows at once, counts as it goes.
import { CsvReader, type CsvRow, type Delimiter } from './csv.ts';
import { Checker, type Counts } from './check.ts';
import type { Mapping } from './mapping.ts';

export const previewRows = 20;
export const mostBytes = 100 * 1024 * 1024;
const mostChecked = 200_000; // rows counted here; the server counts all
const headBytes = 256 * 1024;
const pieceBytes = 512 * 1024;

export interface FileHead {
  header: string[];
  rows: CsvRow[];
  delimiter: Delimiter;
}
export type FileFault = 'empty' | 'big' | 'encoding';

const enough = new Error('enough');

export async function readHead(file: File): Promise<FileHead | FileFault> {
  if (file.size === 0) return 'empty';
  if (file.size > mostBytes) return 'big';
  const rows: CsvRow[] = [];
  const reader = new CsvReader((row) => {
    rows.push(row);
    if (rows.length > previewRows) throw enough;
  });
  const whole = file.size <= headBytes;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.slice(0, headBytes).arrayBuffer(), { stream: !whole });
    if (text.includes('\0')) return 'encoding';
    reader.feed(text);
    if (whole) reader.finish();
  } catch (why) {
    if (why !== enough) return 'encoding';
  }
  const header = rows.shift();
  return header ? { header: header.fields, rows: rows.slice(0, previewRows), delimiter: reader.delimiter ?? ',' } : 'empty';
}

/** Counts the rows; `tell` hears how far it is. Ends early at `mostChecked` rows: `whole` is false then. */
export async function countFile(file: File, header: readonly string[], mapping: Mapping, signal: AbortSignal, tell: (counts: Counts, share: number) => void): Promise<{ counts: Counts; whole: boolean }> {
  const checker = new Checker(header, mapping);
  let first = true;
  const reader = new CsvReader((row) => {
    if (first) first = false;
    else if (checker.counts.rows < mostChecked) checker.take(row);
    else throw enough;
  });
  const decoder = new TextDecoder('utf-8');
  try {
    for (let at = 0; at < file.size; at += pieceBytes) {
      signal.throwIfAborted();
      reader.feed(decoder.decode(await file.slice(at, at + pieceBytes).arrayBuffer(), { stream: true }));
      tell({ ...checker.counts }, Math.min(1, (at + pieceBytes) / file.size));
      await new Promise((next) => void setTimeout(next));
    }
    reader.finish();
  } catch (why) {
    if (why !== enough) throw why;
    return { counts: checker.counts, whole: false };
  }
  return { counts: checker.counts, whole: true };
}
