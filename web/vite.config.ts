import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { fixtures } from './src/mock/plugin.ts';

/** Where `npm run dev` finds a running server; fixtures answer instead when LIANGU_MOCK is set. */
const server = process.env['LIANGU_SERVER'] ?? 'http://127.0.0.1:8080';
const mock = process.env['LIANGU_MOCK'] === '1';

export default defineConfig({
  plugins: [react(), ...(mock ? [fixtures()] : [])],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: mock ? {} : { proxy: { '/api': server } },
  build: {
    target: ['chrome87', 'safari14', 'firefox90'],
    manifest: true,
    sourcemap: false,
    chunkSizeWarningLimit: 900,
  },
  test: {
    environment: 'happy-dom',
    include: ['test/**/*.test.{ts,tsx}', 'src/**/*.test.{ts,tsx}'],
    css: false,
  },
});
