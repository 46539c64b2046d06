import { bare } from '../base/bare.js';
import { DATABASE } from './kept.js';

const held = new Map<string, () => void>();

/** True from the moment a page is left: a lock that is granted to it while it is kept for back and forward ends that. */
let left = false;
for (const type of ['pagehide', 'pageshow']) globalThis.addEventListener?.(type, () => (left = type === 'pagehide'));

/**
 * Takes an entry for this tab and its one holder. Without Web Locks, as on plain http, everybody gets it: there only the keys
 * see to it that two senders make one ticket.
 *
 * @param patience milliseconds to wait for whoever has it to let go.
 */
export function hold(id: string, patience = 0): Promise<boolean> {
  return new Promise((resolve) => {
    let late = false;
    if (patience)
      setTimeout(() => {
        late = true;
        resolve(false);
      }, patience);
    const keep = (lock: Lock | null) => {
      resolve(!!lock);
      return late ? null : lock && new Promise<void>((free) => held.set(id, free));
    };
    lockFor(id, 'exclusive', !patience, keep).catch(() => resolve(true));
  });
}

export function release(id: string): void {
  held.get(id)?.();
  held.delete(id);
}

/** Runs `work` under a lock of this name; without one on a page that has been left. Rejects where this page has no locks. */
export async function lockFor<T>(
  name: string,
  mode: LockMode,
  ifAvailable: boolean,
  work: (lock: Lock | null) => Promise<T> | T,
): Promise<T> {
  return left ? work(null) : navigator.locks.request(`${DATABASE} ${name}`, bare({ mode, ifAvailable, steal: false }), work);
}
