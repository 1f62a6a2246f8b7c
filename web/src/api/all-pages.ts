// Lists that come in pages, whole: for what a page must show, count or choose from at once.
interface Page<T> {
  items: T[];
  next?: string;
}

const most = 40; // pages; beyond, a list is no longer for looking at whole

export async function allPages<T>(page: (after: { after?: string }) => Promise<Page<T>>): Promise<T[]> {
  const out: T[] = [];
  let next: string | undefined;
  for (let i = 0; i < most; i++) {
    const got = await page(next === undefined ? {} : { after: next });
    out.push(...got.items);
    next = got.next;
    if (!next) break;
  }
  return out;
}
