/** Whether this browser can verify a manifest and seal: it has Ed25519 and X25519. Asked before a field is drawn. */
export async function isBrowserReady(): Promise<boolean> {
  try {
    const [signing, sealing] = await Promise.all([
      crypto.subtle.generateKey({ name: 'Ed25519' }, false, ['sign', 'verify']),
      crypto.subtle.generateKey({ name: 'X25519' }, false, ['deriveBits']),
    ]);
    return 'publicKey' in signing && 'publicKey' in sealing;
  } catch {
    return false;
  }
}
