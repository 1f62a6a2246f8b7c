import { expect, test } from 'vitest';
import { CsvReader, type CsvRow, findDelimiter } from './csv.ts';

function read(text: string, piece = 3): CsvRow[] {
  const rows: CsvRow[] = [];
  const reader = new CsvReader((row) => rows.push(row));
  for (let i = 0; i < text.length; i += piece) reader.feed(text.slice(i, i + piece));
  reader.finish();
  return rows;
}
const fields = (text: string) => read(text).map((row) => row.fields);

test('quotes, line ends and pieces make no difference', () => {
  const expected = [['phone', 'name'], ['+1', 'a "b", c'], ['+2', 'two\nlines'], ['+3', '']];
  for (const end of ['\n', '\r\n', '\r']) {
    const text = ['phone,name', '+1,"a ""b"", c"', `+2,"two${end}lines"`, '+3,'].join(end);
    for (const piece of [1, 2, 7, 1000]) expect(read(text, piece).map((row) => row.fields)).toEqual(expected);
  }
});

test('the delimiter is the one the first line has most of', () => {
  expect(findDelimiter('a;b;c,d\n1,2,3,4')).toBe(';');
  expect(findDelimiter('"a;b",c\n')).toBe(',');
  expect(findDelimiter('a\tb')).toBe('\t');
  expect(findDelimiter('alone')).toBe(',');
  expect(fields('телефон;имя\n1;2')).toEqual([['телефон', 'имя'], ['1', '2']]);
});

test('a byte order mark and empty lines are nothing', () => {
  expect(fields('\uFEFFphone\n\n\n+1\n')).toEqual([['phone'], ['+1']]);
});

test('a row knows its line, also after a field of several lines', () => {
  expect(read('h\n"a\nb"\nc').map((row) => row.line)).toEqual([1, 2, 4]);
});

test('a bad row is a row with a fault, and the next one is read', () => {
  expect(read('h,i\na"b,c\n"x"y,z\nok,1').map((row) => row.fault)).toEqual([undefined, 'quote', 'quote', undefined]);
  expect(read('h\n"never closed').at(-1)?.fault).toBe('quote');
});
