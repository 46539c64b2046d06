const FORM_IN_VIEW = [/\/elements\/(?:dist|src)\/support-form\/index\.[jt]s$/, /\/adapters\/(?:dist|src)\/http\/index\.[jt]s$/];
const SHARED = /rolldown\/runtime|\/elements\/(?:dist|src)\/base\/on\./;
/** What an index of the form's packages reaches although only the code that sends uses it. */
const LATER = /\/contract\/(?:dist|src)\/(?:desk|attachment|contact|sla-types|statuses)\.[jt]s$/;
const LOCALE = /\?part=/;

/**
 * Names the chunk of each module. `form`: all that a form in view needs, the usual adapter included. `submit`: what these
 * import later, when somebody begins to write. One request each; locales stay files of their own.
 */
export function stages() {
  let form;
  let submit;
  return (id, graph) => {
    const getModuleInfo = (module) => graph.getModuleInfo(module);
    if (!form?.size) {
      form = new Set();
      for (const seed of seeds(getModuleInfo, id)) reach(seed, getModuleInfo, form);
    }
    if (!form.size) return null;
    if (!submit) {
      submit = new Set();
      for (const module of form) {
        for (const later of getModuleInfo(module)?.dynamicallyImportedIds ?? [])
          if (!LOCALE.test(later)) reach(later, getModuleInfo, submit);
      }
    }
    if (LATER.test(id)) return 'submit';
    return form.has(id) || SHARED.test(id) ? 'form' : submit.has(id) ? 'submit' : null;
  };
}

/** Modules that pull in everything else, found from any module by walking up and down. */
function seeds(getModuleInfo, from) {
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
  return [...seen].filter((id) => FORM_IN_VIEW.some((pattern) => pattern.test(id)));
}

function reach(id, getModuleInfo, found) {
  if (found.has(id)) return;
  found.add(id);
  for (const next of getModuleInfo(id)?.importedIds ?? []) reach(next, getModuleInfo, found);
}
