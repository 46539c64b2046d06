/** Something that axe leaves to people, and what people have found. */
export interface Explained {
  rule: string;
  /** Selector of the elements, in the root that they stand in. */
  where: string;
  /** Part of what axe says. */
  says: string;
  /** Name of a state that has it. */
  seen: string;
  /** What it wears there, as `nameOf` has it; `ltr light` otherwise. */
  dressed?: string;
  why: string;
}

/** Every `incomplete` of axe over all states. One that is missing fails the check, and so does one that its state has no more. */
export const EXPLAINED: readonly Explained[] = [
  {
    rule: 'label-content-name-mismatch',
    where: '[part=close], [part=download]',
    says: 'Unable to determine if the visible text',
    seen: 'support-launcher: dialog',
    why: 'A cross and an arrow are signs, not words that somebody could speak; what is said instead is what the name has.',
  },
  {
    rule: 'color-contrast',
    where: '[part=download], [part=back] > [aria-hidden=true]',
    says: 'only non-text characters',
    seen: 'support-thread: waiting',
    why: 'An arrow in the colour of the text beside it, which is measured.',
  },
  {
    rule: 'color-contrast',
    where: '.entry *',
    says: '',
    seen: 'vault-lend: something lies over it',
    why: 'The fields are covered on purpose until nothing lies over the page; without the cover they are measured in every other state.',
  },
  {
    rule: 'color-contrast',
    where: 'section *',
    says: 'Unable to determine contrast ratio',
    seen: 'doctor: all is well',
    why: 'The panel is in the top layer, where axe looks for a ground behind it. It has one of its own: #1c1917 on #fffdfa is 17 to 1.',
  },
  {
    rule: 'color-contrast',
    where: '.number',
    says: 'too short',
    seen: 'doctor: all is well',
    why: 'A number of one digit that names a mark in the page; its list has the same one.',
  },
  {
    rule: 'color-contrast',
    where: '[type=submit], .main, .first, .badge, .badge *',
    says: 'a 1:1 contrast ratio',
    seen: 'support-form: empty',
    dressed: 'ltr forced',
    why: 'What stands on the accent is drawn in the colours of the system; axe reads the fill of letters, which is told as it was before.',
  },
  {
    rule: 'frame-tested',
    where: '[part=frame]',
    says: '',
    seen: 'shop page: lending in a frame',
    why: 'The frame is of another origin; its document is looked at by itself, as the states of the vault page.',
  },
  {
    rule: 'color-contrast',
    where: 'li.change *',
    says: 'partially obscured',
    seen: 'inbox: closed',
    why: 'The line has no ground of its own and lies below what the pane shows, where axe finds nothing behind it; other muted text there is measured.',
  },
  {
    rule: 'color-contrast',
    where: 'pre code, p code, td code',
    says: 'partially obscured',
    seen: 'server: interface',
    dressed: 'rtl dark',
    why: 'A long line of code runs out of its box, which scrolls; the letters in view have the ground of the box, as all others there.',
  },
];
