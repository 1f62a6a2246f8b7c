// The broker as it really speaks: every message that passes it (its own firehose, switched on while a test listens), and a consumer
// like a hub's.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import amqp, { type Channel, type ConsumeMessage } from 'amqplib';
import { port, secretFile, state } from './stack.ts';

const run = promisify(execFile);

/** rabbitmqctl of the platform's own node. */
async function control(...argv: string[]): Promise<void> {
  const cookie = (await run('cat', [join(state, 'rabbitmq', 'home', '.erlang.cookie')])).stdout.trim();
  const env = { ...process.env, HOME: '/tmp', RABBITMQ_CONF_ENV_FILE: join(state, 'rabbitmq', 'env.conf'), ERL_EPMD_PORT: String(port('EPMD')), ERL_EPMD_ADDRESS: '127.0.0.1' };
  await run('/usr/lib/rabbitmq/bin/rabbitmqctl', ['-q', '-n', `vss${port('AMQP')}@localhost`, '--erlang-cookie', cookie, ...argv], { env });
}

async function channel(): Promise<{ line: Channel; close(): Promise<void> }> {
  const connection = await amqp.connect({ hostname: '127.0.0.1', port: port('AMQP'), vhost: 'vss', username: 'vss', password: secretFile('amqp_password') });
  connection.on('error', () => {});
  return { line: await connection.createChannel(), close: () => connection.close() };
}

export interface Heard { way: 'publish' | 'deliver'; queue: string; body: string; headers: string; persistent: boolean }

/** Everything that is published to and delivered by the broker from now on. */
export async function tap(): Promise<{ heard: Heard[]; remove(): Promise<void> }> {
  const { line, close } = await channel(), heard: Heard[] = [];
  const { queue } = await line.assertQueue('', { exclusive: true, autoDelete: true });
  await line.bindQueue(queue, 'amq.rabbitmq.trace', '#');
  await line.consume(queue, (m) => {
    if (!m) return;
    const about: any = m.properties.headers, way = m.fields.routingKey.startsWith('publish.') ? 'publish' : 'deliver';
    heard.push({
      way, queue: way === 'publish' ? String(about.routing_keys) : m.fields.routingKey.slice('deliver.'.length),
      body: m.content.toString(), headers: JSON.stringify(about), persistent: about.properties?.delivery_mode === 2,
    });
  }, { noAck: true });
  await control('trace_on', '-p', 'vss');
  return { heard, remove: async () => { await control('trace_off', '-p', 'vss'); await close(); } };
}

/** A second consumer of a hub's queue that can take nothing: every lead it gets goes back, as from a hub that cannot take it. */
export async function refuser(queue: string): Promise<{ refused: any[]; leave(): Promise<void> }> {
  const { line, close } = await channel(), refused: any[] = [];
  const { consumerTag } = await line.consume(queue, (m: ConsumeMessage | null) => {
    if (!m) return;
    refused.push(JSON.parse(m.content.toString()));
    line.reject(m, false);
  });
  return { refused, leave: async () => { await line.cancel(consumerTag); await close(); } };
}
