// Beginning and end of a person's session in this browser, for all of its tabs.
import { type OwnAccount, meQuery } from './api/me.ts';
import { api, ask, onSessionLost } from './api/client.ts';
import { live } from './live/client.ts';
import { queries } from './queries.ts';

export function begin(me: OwnAccount): void {
  queries.setQueryData(meQuery.queryKey, me);
  live.wake();
}

let toDoor: (comeBack: boolean) => Promise<void> = async () => undefined;

/** First to the door, then everything is forgotten: the page that is left still shows who was signed in. */
async function leave(comeBack: boolean): Promise<void> {
  live.rest();
  await toDoor(comeBack);
  queries.clear();
}

export async function signOut(everywhere: boolean): Promise<void> {
  if (everywhere) await ask(api.POST('/point/logout-everywhere', {}));
  else await ask(api.POST('/point/browser/logout', {}));
  await leave(false);
}

/** `door` leads to the login, and back to this page after it or not. Live data that ended asks the server before it believes so. */
export function watchSession(door: (comeBack: boolean) => Promise<void>): void {
  const again = () => void queries.invalidateQueries({ queryKey: meQuery.queryKey });
  toDoor = door;
  live.onRights = again;
  live.onEnded = again;
  onSessionLost(() => void leave(true));
}
