import type { FolderVerb } from './verb.js';

export const FOLDER_VERBS: FolderVerb[] = [];
