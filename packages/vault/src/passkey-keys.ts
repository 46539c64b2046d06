export { makePasskey, makePasskeyKey, openPasskeyKey, type PasskeyOptions } from './age/passkey.js';
