import { listOfLocales } from './base/page-locale.js';
import { AgentApi } from './reveal/agent-api.js';
import './reveal/index.js';
import { roots } from './roots.js';

// the inbox names desk and ticket in the fragment, which no server is told
const wanted = new URLSearchParams(location.hash.slice(1));
const { file, tag, dir } = listOfLocales(navigator.languages);
document.documentElement.lang = tag;
document.documentElement.dir = dir;
document.body.append(
  Object.assign(document.createElement('vault-reveal'), {
    api: new AgentApi(),
    roots,
    locale: { file, tag },
    desk: wanted.get('desk') ?? '',
    ticket: wanted.get('ticket') ?? '',
  }),
);
