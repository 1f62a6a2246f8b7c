// What the browser must load: measured at every build, and the build fails beyond the limits.
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

export interface Piece {
  code: string;
  imports: string[];
  isEntry: boolean;
  isDynamicEntry: boolean;
}

export interface Limits {
  first: number; // bytes of gzipped JavaScript before the first page can draw
  chunk: number; // the same of what one route adds
}

function closure(name: string, all: Map<string, Piece>, into = new Set<string>()): Set<string> {
  const piece = all.get(name);
  if (!piece || into.has(name)) return into;
  into.add(name);
  for (const next of piece.imports) closure(next, all, into);
  return into;
}

/** Sizes by name: "first", then each lazily loaded piece with what only it brings. */
export function weigh(all: Map<string, Piece>): Map<string, number> {
  const size = new Map([...all].map(([name, piece]) => [name, gzipSync(piece.code, { level: 9 }).length]));
  const sum = (names: Iterable<string>) => [...names].reduce((total, name) => total + (size.get(name) ?? 0), 0);
  const first = new Set<string>();
  for (const [name, piece] of all) if (piece.isEntry) closure(name, all, first);
  const out = new Map([['first', sum(first)]]);
  for (const [name, piece] of all) {
    if (piece.isDynamicEntry && !first.has(name)) out.set(name, sum([...closure(name, all)].filter((one) => !first.has(one))));
  }
  return out;
}

export function budget(limits: Limits): Plugin {
  return {
    name: 'budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const all = new Map<string, Piece>();
      for (const [name, item] of Object.entries(bundle)) if (item.type === 'chunk') all.set(name, item);
      const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
      const over: string[] = [];
      for (const [name, bytes] of weigh(all)) {
        const limit = name === 'first' ? limits.first : limits.chunk;
        const line = `${name}: ${kilobytes(bytes)} gzipped of ${kilobytes(limit)}`;
        if (bytes > limit) over.push(line);
        else if (name === 'first' || bytes > limit / 4) this.info(line);
      }
      if (over.length > 0) this.error(`too heavy:\n  ${over.join('\n  ')}`);
    },
  };
}
