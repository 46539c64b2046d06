import type { VaultState } from '@storefront-support/contract/vault-channel';

/** Where the page is. */
export type LendPhase =
  'checking' | 'stopped' | 'failed' | 'choosing' | 'typing' | 'sealing' | 'sent' | 'offline' | 'interrupted' | 'declined';

const TOLD: { readonly [phase in LendPhase]?: VaultState } = { failed: 'offline', declined: 'sent' };

/** What the page around is told of it. */
export function stateOf(phase: LendPhase): VaultState {
  return TOLD[phase] ?? (phase as VaultState);
}
