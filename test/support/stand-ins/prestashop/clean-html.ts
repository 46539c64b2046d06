/** Event names the shop looks for: in front of an equals sign they make a text unclean wherever they stand. */
export const EVENT_NAMES = `
onmousedown onmousemove onmmouseup onmouseover onmouseout onload onunload onfocus onblur onchange onsubmit ondblclick onclick onkeydown
onkeyup onkeypress onmouseenter onmouseleave onerror onselect onreset onabort ondragdrop onresize onactivate onafterprint onmoveend
onafterupdate onbeforeactivate onbeforecopy onbeforecut onbeforedeactivate onbeforeeditfocus onbeforepaste onbeforeprint onbeforeunload
onbeforeupdate onmove onbounce oncellchange oncontextmenu oncontrolselect oncopy oncut ondataavailable ondatasetchanged ondatasetcomplete
ondeactivate ondrag ondragend ondragenter ondragexit onmousewheel ondragleave ondragover ondragstart ondrop onerrorupdate onfilterchange
onfinish onfocusin onfocusout onhashchange onhelp oninput onlosecapture onmessage onmouseup onmovestart onoffline ononline onpaste
onpropertychange onreadystatechange onresizeend onresizestart onrowenter onrowexit onrowsdelete onrowsinserted onscroll onsearch
onselectionchange onselectstart onstart onstop onanimationcancel onanimationend onanimationiteration onanimationstart onpointerover
onpointerenter onpointerdown onpointermove onpointerup onpointerout onpointerleave onpointercancel ongotpointercapture
onlostpointercapture onpagehide onpageshow onautocomplete onautocompleteerror oncanplay oncanplaythrough onclose oncuechange
ondurationchange onemptied onended oninvalid onloadeddata onloadedmetadata onloadstart onpause onplay onplaying onpopstate onprogress
onratechange onseeked onseeking onshow onsort onstalled onstorage onsuspend ontimeupdate ontoggle onvolumechange onwaiting`
  .trim()
  .split(/\s+/);

// as PHP has it, `\s` is a space of ASCII
const UNCLEAN = [
  /<[\t-\r ]*script/i,
  /script:/i,
  new RegExp(`(${EVENT_NAMES.join('|')})[\\t-\\r ]*=`, 'i'),
  /<[\t-\r ]*(i?frame|form|input|embed|object)/i,
  /<[\t-\r ]*\w+[^>]*[\t-\r ](on\w+)=["'][^"']*["']/i,
  /\u202e/,
];

/** What the shop takes as a message: the rules of `Validate::isCleanHtml`. */
export function isCleanHtml(text: string): boolean {
  return !UNCLEAN.some((pattern) => pattern.test(text));
}
