// A text that is typed here and kept elsewhere (in the URL): it goes there shortly after the last key. What comes from there is taken over
// only when somebody else put it there: what was typed meanwhile is not taken back.
import { useCallback, useEffect, useRef, useState } from 'react';

interface Settled {
  text: string;
  setText: (text: string) => void;
  put: (text: string) => void; // at once
}

const plain = (text: string): string => (text.trim() === '' ? '' : text);

export function useSettled(value: string, onChange: (text: string) => void, { after = 250, good = true, clean = plain }: { after?: number; good?: boolean | ((text: string) => boolean); clean?: (text: string) => string } = {}): Settled {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  useEffect(() => {
    if (value === sent.current) return;
    sent.current = value;
    setText(value);
  }, [value]);
  const next = clean(text);
  const ready = typeof good === 'function' ? good(text) : good;
  useEffect(() => {
    if (next === sent.current || !ready) return;
    const timer = setTimeout(() => {
      sent.current = next;
      onChange(next);
    }, after);
    return () => clearTimeout(timer);
  }, [next, ready, after, onChange]);
  const put = useCallback((now: string) => {
    setText(now);
    if (clean(now) === sent.current) return;
    sent.current = clean(now);
    onChange(clean(now));
  }, [clean, onChange]);
  return { text, setText, put };
}
