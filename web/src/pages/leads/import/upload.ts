// The file on its way: how much of it has left, and what the server said. XMLHttpRequest, for fetch does not tell the first.
import { type Problem, problemOf, unreachable } from '@/api/problem.ts';
import type { Schemas } from '@/api/client.ts';

export type ImportView = Schemas['import_view'];

export interface Upload {
  finished: Promise<ImportView>;
  stop: () => void;
}

export function upload(campaign: string, query: Record<string, string>, file: Blob, tell: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const finished = new Promise<ImportView>((done, fail: (why: Problem | DOMException) => void) => {
    request.open('POST', `/ottb/campaigns/${campaign}/leads?${new URLSearchParams(query)}`);
    request.setRequestHeader('content-type', 'text/csv');
    request.upload.addEventListener('progress', (event) => tell(event.total > 0 ? event.loaded / event.total : 0));
    request.addEventListener('load', () => {
      let body: unknown = null;
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // no JSON: the status says enough
      }
      if (request.status >= 200 && request.status < 300) done(body as ImportView);
      else fail(problemOf(request.status, body));
    });
    request.addEventListener('error', () => fail(unreachable('the upload was cut')));
    request.addEventListener('abort', () => fail(new DOMException('stopped', 'AbortError')));
    request.send(file);
  });
  return { finished, stop: () => request.abort() };
}
