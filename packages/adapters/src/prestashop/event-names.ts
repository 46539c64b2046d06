/** What `isCleanHtml` of the shop's `Validate`, and its successor, look for in front of an equals sign, even inside of words. */
const EVENT =
  /on(abort|activate|after(print|update)|animation(cancel|end|iteration|start)|autocomplete(error)?|before(activate|copy|cut|deactivate|editfocus|paste|print|unload|update)|blur|bounce|canplay(through)?|(cell)?change|click|close|contextmenu|controlselect|copy|cuechange|cut|data(available|setchanged|setcomplete)|dblclick|deactivate|drag(drop|end|enter|exit|leave|over|start)?|drop|durationchange|emptied|ended|error(update)?|filterchange|finish|focus(in|out)?|(got|lost)pointercapture|hashchange|help|input|invalid|key(down|press|up)|load(eddata|edmetadata|start)?|losecapture|message|mm?ouse(down|enter|leave|move|out|over|up|wheel)|move(end|start)?|offline|online|page(hide|show)|paste|pause|play(ing)?|pointer(cancel|down|enter|leave|move|out|over|up)|popstate|progress|propertychange|ratechange|readystatechange|reset|resize(end|start)?|row(enter|exit|sdelete|sinserted)|scroll|search|seek(ed|ing)|select(ionchange|start)?|show|sort|stalled|start|stop|storage|submit|suspend|timeupdate|toggle|unload|volumechange|waiting)[\t-\r ]*=/i;

/** The name of an event, its equals sign included; undefined: there is none. */
export function eventIn(text: string): string | undefined {
  return EVENT.exec(text)?.[0];
}
