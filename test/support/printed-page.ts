/* Functions that run inside a page with a printed form: they may use nothing from outside themselves. */

export interface Box {
  what: string;
  box: [x: number, y: number, width: number, height: number];
}

/** Boxes of the form, of everything in it that has a part, and of what follows it. */
export function boxesOf(): Box[] {
  const form = document.querySelector('support-form')!;
  const shown = [...form.shadowRoot!.querySelectorAll('[part]')].filter((element) => element.getClientRects().length);
  return [form, ...shown, form.nextElementSibling!].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return { what: element.getAttribute('part') ?? element.localName, box: [x, y, width, height] };
  });
}

/** What is written and chosen in a form, printed or not, and where its caret is. */
export function stateOf(): Record<string, unknown> {
  const root = document.querySelector('support-form')!.shadowRoot!;
  const fields = [...root.querySelectorAll('support-field')].map((field) => {
    const control = field.shadowRoot!.querySelector<HTMLInputElement>('[part=control]')!;
    return [(field as unknown as { spec: { name: string } }).spec.name, control] as const;
  });
  const plain = [...root.querySelectorAll<HTMLInputElement>('input:not([type=hidden], [name=website]), select, textarea')];
  const controls = [...fields, ...plain.map((control) => [control.type === 'file' ? 'files' : control.name, control] as const)];
  const state: Record<string, unknown> = {};
  for (const [name, control] of controls) {
    if (control.type === 'radio' && !control.checked) continue;
    if (control.type === 'file') state['files'] = [...control.files!].map((file) => file.name);
    else state[name] = control.type === 'checkbox' ? control.checked : control.value;
  }
  let active = root.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  const [name, control] = controls.find(([, own]) => own === active) ?? [];
  const { selectionStart, selectionEnd, selectionDirection, scrollTop, type } = control ?? ({} as Partial<HTMLInputElement>);
  return {
    ...state,
    focus: name ?? active?.getAttribute('part') ?? active?.localName ?? '',
    ...(control && type !== 'file' && { caret: [selectionStart, selectionEnd, selectionDirection], scrollTop }),
    page: [scrollX, scrollY],
  };
}

/** True once the element stands where its printed form stood. */
export function isTakenOver(): boolean {
  const root = document.querySelector('support-form')?.shadowRoot;
  return !!root?.querySelector('support-field') && !root.querySelector('.printed, .sheet');
}

/** Collects what Chromium sees move, from the page's first frame on: each shift with its score, those after a press included. */
export function watchShifts(): void {
  const shifts: number[] = [];
  Object.assign(window, { shifts });
  const take = (list: PerformanceObserverEntryList) =>
    shifts.push(...list.getEntries().map((entry) => (entry as unknown as { value: number }).value));
  new PerformanceObserver(take).observe({ type: 'layout-shift', buffered: true });
}
