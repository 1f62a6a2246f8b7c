// Beginning and end of a person's session in this browser, for all of its tabs.
import { type OwnAccount, meQuery } from './api/me.ts';
import { api, ask, onSessionLost } from './api/client.ts';
import { live } from './live/client.ts';
import { queries } from './queries.ts';

export function begin(me: OwnAccount): void {
  queries.setQueryData(meQuery.queryKey, me);
  live.wake();
}

function forget(): void {
  live.rest();
  queries.clear();
}

export async function signOut(everywhere: boolean): Promise<void> {
  if (everywhere) await ask(api.POST('/point/logout-everywhere', {}));
  else await ask(api.POST('/point/browser/logout', {}));
  forget();
}

/** `toLogin` is called when the server no longer knows the session; live data that ended asks the server before it believes so. */
export function watchSession(toLogin: () => void): void {
  const again = () => void queries.invalidateQueries({ queryKey: meQuery.queryKey });
  live.onRights = again;
  live.onEnded = again;
  onSessionLost(() => {
    forget();
    toLogin();
  });
}
