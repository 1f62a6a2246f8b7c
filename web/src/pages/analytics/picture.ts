// The charts of a page as one picture, with what it shows and of when written above.
const gap = 16;

export async function pictureOf(root: HTMLElement, title: string, note: string): Promise<Blob | null> {
  const charts = [...root.querySelectorAll<HTMLElement>('figure')].flatMap((figure) => {
    const canvas = figure.querySelector('canvas');
    return canvas ? [{ canvas, label: figure.getAttribute('aria-label') ?? '', lines: [...figure.querySelectorAll<HTMLElement>('.u-series')].slice(1) }] : [];
  });
  const style = getComputedStyle(document.documentElement);
  const color = (name: string) => style.getPropertyValue(name).trim();
  const scale = globalThis.devicePixelRatio || 1;
  const width = Math.max(400 * scale, ...charts.map((one) => one.canvas.width)) + 2 * gap * scale;
  const height = (64 + gap) * scale + charts.reduce((sum, one) => sum + one.canvas.height + (26 + gap) * scale, 0);
  const out = document.createElement('canvas');
  out.width = width;
  out.height = height;
  const ink = out.getContext('2d');
  if (!ink || charts.length === 0) return null;
  const write = (text: string, x: number, y: number, size: number, weight: number, fill: string) => {
    ink.font = `${weight} ${size * scale}px 'Inter Variable', sans-serif`;
    ink.fillStyle = fill;
    ink.fillText(text, x * scale, y);
    return ink.measureText(text).width;
  };
  ink.fillStyle = color('--panel');
  ink.fillRect(0, 0, width, height);
  write(title, gap, 30 * scale, 18, 650, color('--mantine-color-text'));
  write(note, gap, 52 * scale, 12, 400, color('--quiet'));
  let y = (64 + gap) * scale;
  for (const { canvas, label, lines } of charts) {
    let x = gap + write(label, gap, y, 13, 600, color('--mantine-color-text')) / scale + 18;
    for (const line of lines) {
      const mark = line.querySelector<HTMLElement>('.u-marker');
      const name = line.querySelector('.u-label')?.textContent ?? '';
      x += write(name, x, y, 12, 500, mark?.style.borderColor || mark?.style.background || color('--quiet')) / scale + 14;
    }
    ink.drawImage(canvas, gap * scale, y + 10 * scale);
    y += canvas.height + (26 + gap) * scale;
  }
  return new Promise((resolve) => out.toBlob(resolve, 'image/png'));
}
