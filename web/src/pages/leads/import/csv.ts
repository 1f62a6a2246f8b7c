// RFC 4180 read in pieces, as the server reads it (src/ottb/csv.hpp): a bad row is a row with a fault, never the end. Pure.

export interface CsvRow {
  line: number; // of its first character, from 1
  fields: string[];
  fault?: 'quote' | 'long';
}

export type Delimiter = ',' | ';' | '\t' | '|';
export const delimiters: readonly Delimiter[] = [',', ';', '\t', '|'];
export const delimiterNames: Record<Delimiter, string> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' };

/** The delimiter that the first line has most of, outside quotes. */
export function findDelimiter(text: string): Delimiter {
  const counts = new Map<string, number>();
  let quoted = false;
  for (const c of text) {
    if (c === '"') quoted = !quoted;
    else if (!quoted && (c === '\n' || c === '\r')) break;
    else if (!quoted) counts.set(c, (counts.get(c) ?? 0) + 1);
  }
  return delimiters.reduce((best, one) => ((counts.get(one) ?? 0) > (counts.get(best) ?? 0) ? one : best), delimiters[0]!);
}

const longest = 1 << 20;

export class CsvReader {
  delimiter: Delimiter | null;
  #row: (row: CsvRow) => void;
  #held = ''; // until the first line is whole
  #fields: string[] = [];
  #field = '';
  #place: 'start' | 'plain' | 'quoted' | 'after' = 'start';
  #fault: CsvRow['fault'];
  #line = 1;
  #from = 1;
  #cr = false;
  #any = false;
  #length = 0;

  constructor(row: (row: CsvRow) => void, delimiter: Delimiter | null = null) {
    this.#row = row;
    this.delimiter = delimiter;
  }

  feed(text: string): void {
    if (this.delimiter === null) {
      this.#held += text;
      if (!/[\r\n]/.test(this.#held) && this.#held.length < longest) return;
      this.delimiter = findDelimiter(this.#held.replace(/^\uFEFF/, ''));
      text = this.#held;
      this.#held = '';
    }
    for (const c of text) this.#take(c);
  }

  finish(): void {
    if (this.#held) {
      this.delimiter = findDelimiter(this.#held);
      for (const c of this.#held) this.#take(c);
    }
    if (this.#place === 'quoted') this.#fault = 'quote';
    if (this.#any) this.#endRow();
  }

  #take(c: string): void {
    if (c === '\uFEFF' && this.#line === 1 && !this.#any) return;
    const after = this.#cr;
    this.#cr = false;
    if (c === '\n' && after) return;
    if (c === '\n' || c === '\r') this.#line += 1;
    if (this.#place === 'quoted') {
      this.#cr = c === '\r';
      if (c === '"') this.#place = 'after';
      else this.#add(c === '\r' ? '\n' : c);
      return;
    }
    if (c === '\n' || c === '\r') {
      this.#cr = c === '\r';
      if (this.#any) this.#endRow();
      this.#from = this.#line;
      return;
    }
    this.#any = true;
    if (c === this.delimiter) this.#endField();
    else if (c === '"' && this.#place === 'start') this.#place = 'quoted';
    else if (c === '"' && this.#place === 'after') {
      this.#place = 'quoted';
      this.#add('"');
    } else {
      if (c === '"' || this.#place === 'after') this.#fault = 'quote';
      if (this.#place === 'start') this.#place = 'plain';
      this.#add(c);
    }
  }

  #add(c: string): void {
    this.#length += 1;
    if (this.#length > longest) this.#fault = 'long';
    else this.#field += c;
  }

  #endField(): void {
    this.#fields.push(this.#field);
    this.#field = '';
    this.#place = 'start';
  }

  #endRow(): void {
    this.#endField();
    this.#row({ line: this.#from, fields: this.#fields, ...(this.#fault && { fault: this.#fault }) });
    this.#fields = [];
    this.#fault = undefined;
    this.#any = false;
    this.#length = 0;
    this.#from = this.#line;
  }
}
