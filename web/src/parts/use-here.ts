// Whether what asked still stands when the answer comes.
import { type RefObject, useEffect, useRef } from 'react';

export function useHere(): RefObject<boolean> {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return here;
}
