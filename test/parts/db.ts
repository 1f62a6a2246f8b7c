// PostgreSQL as its administrator sees it: the truth that flows are checked against.
import pg from 'pg';
import { port, state } from './stack.ts';

let pool: pg.Pool | undefined;

export async function rows<T extends pg.QueryResultRow = any>(sql: string, ...values: unknown[]): Promise<T[]> {
  if (!pool) {
    pool = new pg.Pool({ host: `${state}/run`, port: port('PG'), database: process.env.VSS_DB ?? 'vss', user: 'vss', max: 2 });
    pool.on('error', () => { pool = undefined; }); // its server was stopped: the next question dials anew
  }
  return (await pool.query<T>(sql, values)).rows;
}
export const one = async <T extends pg.QueryResultRow = any>(sql: string, ...values: unknown[]): Promise<T> => (await rows<T>(sql, ...values))[0]!;
