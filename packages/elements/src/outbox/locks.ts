import { bare } from '../base/bare.js';
import { DATABASE } from './kept.js';

const held = new Map<string, () => void>();

/**
 * Takes an entry for this tab and its one holder. Without Web Locks, as on plain http, everybody gets it: there only the keys
 * see to it that two senders make one ticket.
 *
 * @param patient waits until whoever has it lets go; else resolves with false at once.
 */
export function hold(id: string, patient = false): Promise<boolean> {
  return new Promise((resolve) => {
    const keep = (lock: Lock | null) => {
      resolve(!!lock);
      return lock && new Promise<void>((free) => held.set(id, free));
    };
    lockFor(id, 'exclusive', !patient, keep).catch(() => resolve(true));
  });
}

export function release(id: string): void {
  held.get(id)?.();
  held.delete(id);
}

/** Runs `work` under a lock of this name. Rejects where this page has no locks. */
export async function lockFor<T>(
  name: string,
  mode: LockMode,
  ifAvailable: boolean,
  work: (lock: Lock | null) => Promise<T> | T,
): Promise<T> {
  return navigator.locks.request(`${DATABASE} ${name}`, bare({ mode, ifAvailable, steal: false }), work);
}
