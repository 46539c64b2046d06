/** True where this browser speaks WebAuthn in JSON. */
export function passkeysWork(): boolean {
  return typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;
}

/** Asks for a passkey. Null: the person stopped it, or has none for this place. */
export async function askForPasskey(question: object): Promise<unknown> {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(question as PublicKeyCredentialRequestOptionsJSON);
  try {
    return ((await navigator.credentials.get({ publicKey })) as PublicKeyCredential | null)?.toJSON() ?? null;
  } catch (error) {
    if (error instanceof DOMException && ['NotAllowedError', 'AbortError', 'SecurityError'].includes(error.name)) return null;
    throw error;
  }
}
