export { findSecrets, type Secret, type SecretKind } from './find-secrets.js';
export { questionAbout, type Sending } from './secret-question.js';
