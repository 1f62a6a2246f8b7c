/** Where to go after signing in: only a path of this console, never another server. */
export function safeNext(next: string | undefined): string {
  if (!next || !next.startsWith('/') || /^\/[/\\]/.test(next) || next.startsWith('/login') || next.startsWith('/password')) return '/';
  return next;
}
