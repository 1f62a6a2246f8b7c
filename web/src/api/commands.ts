// Orders to a slot: sent, then followed until the hub has answered.
import { api, ask, type Schemas } from './client.ts';
import { isPassing, Problem } from './problem.ts';

export const reasonVerbs = ['drain', 'undrain', 'lock', 'unlock', 'recover', 'clear', 'hangup'] as const;
export type ReasonVerb = (typeof reasonVerbs)[number];
export type Command = Schemas['command_view'];

const patience = 20_000;
const pause = 700;

/** The command with its answer; without `done_at` when the hub has said nothing in time: it will be done when the hub is back. */
export async function follow(sent: Promise<Command>): Promise<Command> {
  let command = await sent;
  const end = Date.now() + patience;
  while (!command.done_at && Date.now() < end) {
    await new Promise((resolve) => void setTimeout(resolve, pause));
    try {
      command = await ask(api.GET('/ottb/commands/{command}', { params: { path: { command: command.id } } }));
    } catch (why) {
      if (!(why instanceof Problem) || !isPassing(why)) throw why; // the order is on record: a poll that got lost does not make it undone
    }
  }
  return command;
}

export function order(number: string, verb: ReasonVerb, reason: string): Promise<Command> {
  const how = { params: { path: { number } }, body: { reason } };
  switch (verb) {
    case 'drain':
      return follow(ask(api.POST('/ottb/slots/{number}/drain', how)));
    case 'undrain':
      return follow(ask(api.POST('/ottb/slots/{number}/undrain', how)));
    case 'lock':
      return follow(ask(api.POST('/ottb/slots/{number}/lock', how)));
    case 'unlock':
      return follow(ask(api.POST('/ottb/slots/{number}/unlock', how)));
    case 'recover':
      return follow(ask(api.POST('/ottb/slots/{number}/recover', how)));
    case 'clear':
      return follow(ask(api.POST('/ottb/slots/{number}/clear', how)));
    case 'hangup':
      return follow(ask(api.POST('/ottb/slots/{number}/hangup', how)));
  }
}

export const dial = (number: string, to: string): Promise<Command> => follow(ask(api.POST('/ottb/slots/{number}/dial', { params: { path: { number } }, body: { to } })));

export const permissionOf = (verb: ReasonVerb): string => (verb === 'recover' || verb === 'clear' ? 'ottb.slot.recover' : 'ottb.slot.control');
