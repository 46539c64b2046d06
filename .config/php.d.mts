/** Says what is missing to render templates with PHP and Smarty; undefined: nothing is. */
export function phpAbsent(): string | undefined;
/** Makes PHP and Smarty available where that is possible. Says what is missing still. */
export function ensurePhp(): string | undefined;
/** Every PHP command of this machine. */
export function phpCommands(): string[];
