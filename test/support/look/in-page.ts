import { measureRoles, openStates, ratioOf, typeOf } from './role-contrast.ts';
import { scenes, show } from './scenes.ts';

const tools = { show, sceneNames: Object.keys(scenes), measureRoles, openStates, ratioOf, typeOf };

declare global {
  /** What the script of a look page has put there. */
  var look: typeof tools;
}

globalThis.look = tools;
