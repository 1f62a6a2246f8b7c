// Beside every text asset its .br and .gz, so that the server only chooses.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const text = /\.(js|css|svg|json|html|map|txt)$/;
const pack = { br: promisify(brotliCompress), gz: promisify(gzip) };

async function compressFile(path: string): Promise<void> {
  const raw = await readFile(path);
  const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: raw.length } };
  const [br, gz] = await Promise.all([pack.br(raw, options), pack.gz(raw, { level: 9 })]);
  await Promise.all([writeFile(`${path}.br`, br), writeFile(`${path}.gz`, gz)]);
}

export function compress(): Plugin {
  let folder = '';
  return {
    name: 'compress',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir, config.build.assetsDir);
    },
    async writeBundle() {
      const names = await readdir(folder);
      await Promise.all(names.filter((name) => text.test(name)).map((name) => compressFile(join(folder, name))));
    },
  };
}
