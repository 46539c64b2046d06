import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openSqlStore } from '@storefront-support/server';
import { storeSuite } from './store-suite.ts';

async function open() {
  const folder = await mkdtemp(path.join(tmpdir(), 'storefront-store-'));
  const store = await openSqlStore(folder);
  const close = async () => {
    await store.close();
    await rm(folder, { recursive: true });
  };
  return { store, other: store, close };
}

storeSuite('SQLite', open, false);
