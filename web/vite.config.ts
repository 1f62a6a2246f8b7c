import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { budget } from './tools/budget.ts';
import { compress } from './tools/compress.ts';

// For `npm run dev`: where a running server answers the API.
const server = process.env['VSS_API'] ?? 'http://127.0.0.1:8080';
const routes = ['/dci', '/ottb', '/point', '/workspace', '/healthz', '/readyz'];

export default defineConfig({
  plugins: [react(), budget({ first: 220_000, chunk: 120_000 }), compress()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  html: { cspNonce: '__NONCE__' },
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    assetsInlineLimit: 0, // nothing inline: the policy of the page allows only files of this server
    chunkSizeWarningLimit: 1000, // tools/budget.ts measures what counts
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    // Few files: a browser asks six at a time over HTTP/1.1, and a hundred small ones cost more than their bytes. What the entry needs is
    // one, what several pages share is another; a page's own stays its own.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'], priority: 2 }, { name: 'shared', minShareCount: 3, priority: 1 }] } } },
  },
  server: { proxy: Object.fromEntries(routes.map((route) => [route, { target: server, ws: true }])) },
  test: { include: ['src/**/*.test.ts', 'tools/**/*.test.ts'] },
});
