/** A launcher as the first script sees it: it becomes the real element once its code is there. */
export interface Launcher extends HTMLElement {
  /** Taken over by the real element, which then opens by itself. */
  open?: boolean;
}

const sheet = new CSSStyleSheet();
sheet.replaceSync(
  ':host(:not([hidden])){display:inline-block!important;visibility:visible!important;opacity:1!important;pointer-events:auto!important}' +
    ':host([position=corner]){position:fixed;inset-block-end:1rem;inset-inline-end:1rem;z-index:1000;button{background:Canvas;color:CanvasText}}' +
    'button{min-height:44px;padding:.5em 1.15em;border:1px solid;border-radius:99px;font:inherit;font-size:max(1em,12px);color:inherit;background:none}',
);

/**
 * Gives a launcher a real button before any of its code is loaded. Calls `touched` when a visitor comes near, so that the
 * code is there when the click is. Where nothing names the button, its name in other languages is loaded.
 */
export function dressLauncher(launcher: Launcher, touched: () => void): void {
  const root = launcher.attachShadow({ __proto__: null, mode: 'open' } as never);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.part = 'base';
  button.textContent =
    launcher.getAttribute('label') ||
    launcher.textContent.trim() ||
    (import('./launcher-name.js').then((part) => part.name(button), String), 'Contact');
  button.onpointerenter = button.onfocus = touched;
  button.onclick = () => {
    launcher.open = true;
    touched();
  };
  root.append(button);
}
