// Signs out here; what keeps one in is said.
import { signOut } from '@/session.ts';
import { say } from './say.ts';
import { useProblemWords } from './states.tsx';

export function useLeave(): () => void {
  const words = useProblemWords();
  return () => void signOut(false).catch((why: unknown) => say({ message: words(why), color: 'red' }));
}
