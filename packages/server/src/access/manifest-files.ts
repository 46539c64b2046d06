import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SupportError } from '@storefront-support/contract';

/** What the operator has published for the vault page of a desk. The server reads it and vouches for nothing: browsers verify it. */
export interface ManifestFiles {
  /** `manifest.json` and `manifest.json.sig`, byte for byte; null: there are none. */
  read(deskId: string, name: 'manifest.json' | 'manifest.json.sig'): Promise<Uint8Array<ArrayBuffer> | null>;
  /**
   * Numbers of the keys that may be sealed to now.
   *
   * @throws {SupportError} `unavailable`: none has been published.
   */
  epochs(deskId: string): Promise<number[]>;
  /** The module that names whose signature the page trusts; null: the one it was built with. */
  roots(): Promise<Uint8Array<ArrayBuffer> | null>;
}

const DESK = /^[a-z0-9][a-z0-9-]{0,63}$/;

/** In `folder`: `<desk>/manifest.json`, its `.sig`, and `roots.js`. */
export function manifestFiles(folder: string): ManifestFiles {
  const read: ManifestFiles['read'] = async (deskId, name) => (DESK.test(deskId) ? bytesOf(path.join(folder, deskId, name)) : null);
  return {
    read,
    roots: () => bytesOf(path.join(folder, 'roots.js')),
    async epochs(deskId) {
      const bytes = await read(deskId, 'manifest.json');
      const epochs = bytes === null ? [] : epochsIn(bytes);
      if (epochs.length === 0) throw new SupportError('unavailable', 'No keys have been published for this desk, so nothing can be lent.');
      return epochs;
    },
  };
}

function epochsIn(bytes: Uint8Array): number[] {
  try {
    const { recipients } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { recipients?: { epoch?: unknown }[] };
    return (Array.isArray(recipients) ? recipients : []).flatMap(({ epoch }) => (Number.isSafeInteger(epoch) ? [Number(epoch)] : []));
  } catch {
    return [];
  }
}

async function bytesOf(file: string): Promise<Uint8Array<ArrayBuffer> | null> {
  return readFile(file).then(
    (bytes) => new Uint8Array(bytes),
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
      throw error;
    },
  );
}
