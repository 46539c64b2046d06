import { isApart } from './apart.mjs';

const FORM_IN_VIEW = [
  /\/elements\/(?:dist|src)\/support-form\/index\.[jt]s$/,
  /\/adapters\/(?:dist|src)\/http\/index\.[jt]s$/,
  /\/embed\/(?:dist\/types|src)\/adapter-for\.[jt]s$/,
];
const SHARED = /rolldown\/runtime|\/elements\/(?:dist|src)\/base\/on\./;
/** What is shared by stages of which none may pull in the other; and what an index of the form's packages reaches although only the code that sends uses it. */
const LATER =
  /\/contract\/(?:dist|src)\/(?:desk|attachment|contact|sla-types|statuses)\.[jt]s$|\/lit(?:-html)?\/directive(?:s\/repeat|-helpers)?\.js$/;
const LOCALE = /\?part=/;
/** What only a form that cannot work loads. */
const BROKEN = /\/support-form\/broken\.[jt]s$|\/http\/desk-error\.[jt]s$/;
/** What finds any other backend than the usual one, and what asks a shop who is there. */
const BACKENDS = /\/embed\/(?:dist\/types|src)\/(?:registry|customer)\.[jt]s$/;
/** What only a tag with `theme="auto"` loads. */
const PAGE_LOOK = /\/base\/page-look\.[jt]s$/;
/** What only a form loads whose page has printed something in its place. */
const TAKE_OVER = /\/support-form\/take-over\.[jt]s$/;
/** What only a desk with words of its own loads. */
const OWN_TEXTS = /\/support-form\/own-texts\.[jt]s$|\/contract\/(?:dist|src)\/desk-texts\.[jt]s$/;
/** What shows tickets that were sent, and what asks the usual backend for them. */
const TRACKER = /\/support-tracker\/index\.[jt]s$|\/http\/tracking\.[jt]s$/;
/** What keeps shown tickets up to date, reads on in them, and forgets them. */
const NEWS =
  /\/(?:tracking\/(?:live|forget-tickets)|support-thread\/thread-news|support-tracker\/tracker-news|http\/(?:live|ticket-changes))\.[jt]s$/;
/** What comes with the first file. */
const FILES = /\/support-attachments\/index\.[jt]s$|\/http\/upload\.[jt]s$/;

/**
 * The chunks of the form's code, one request each. `form`: all that a form in view needs, the usual adapter included.
 * `submit`: what these import later, when somebody begins to write. `upload`: what those import later, with the first file.
 * `broken`: why a form cannot work. `tracker`: what lists tickets that were sent and shows their threads. `news`: what keeps those up
 * to date, once they are shown. `badge`: copies of what counts unread answers. Everything else that is imported later, and every
 * locale, stays a file of its own.
 */
export function stages() {
  let modules;
  const stageOf = (id, graph) => {
    if (isApart(id)) return /\/embed\/|[?&]part=/.test(id) ? undefined : 'badge';
    if (OWN_TEXTS.test(id)) return undefined;
    const getModuleInfo = (module) => graph.getModuleInfo(module);
    if (!modules?.form.size) {
      const form = reach(seeds(getModuleInfo, id), getModuleInfo);
      const next = later(form, getModuleInfo);
      const submit = reach(
        next.filter((module) => ![BROKEN, BACKENDS, PAGE_LOOK, TAKE_OVER, TRACKER].some((other) => other.test(module))),
        getModuleInfo,
      );
      const upload = reach(
        later(submit, getModuleInfo).filter((module) => FILES.test(module)),
        getModuleInfo,
      );
      const broken = reach(
        next.filter((module) => BROKEN.test(module)),
        getModuleInfo,
      );
      const tracker = reach(seeds(getModuleInfo, id, [TRACKER]), getModuleInfo);
      const news = reach(seeds(getModuleInfo, id, [NEWS]), getModuleInfo);
      modules = { form, submit, upload, broken, tracker, news };
    }
    if (!modules.form.size) return undefined;
    if (LATER.test(id)) return 'submit';
    if (SHARED.test(id)) return 'form';
    return Object.keys(modules).find((name) => modules[name].has(id));
  };
  // each takes what its modules import along: the first to be loaded comes first
  return ['form', 'submit', 'upload', 'broken', 'tracker', 'news', 'badge'].map((name) => ({
    debugName: name,
    name: (id, graph) => (stageOf(id, graph) === name ? name : null),
  }));
}

function later(found, getModuleInfo) {
  return [...found].flatMap((id) => getModuleInfo(id)?.dynamicallyImportedIds ?? []).filter((id) => !LOCALE.test(id));
}

/** Modules that pull in everything else, found from any module by walking up and down. */
function seeds(getModuleInfo, from, patterns = FORM_IN_VIEW) {
  const seen = new Set();
  const queue = [from];
  while (queue.length) {
    const id = queue.pop();
    if (seen.has(id)) continue;
    seen.add(id);
    const info = getModuleInfo(id);
    if (!info) continue;
    queue.push(...info.importers, ...info.dynamicImporters, ...info.importedIds, ...info.dynamicallyImportedIds);
  }
  return [...seen].filter((id) => patterns.some((pattern) => pattern.test(id)));
}

function reach(ids, getModuleInfo) {
  const found = new Set(ids);
  for (const id of found) for (const next of getModuleInfo(id)?.importedIds ?? []) found.add(next);
  return found;
}
